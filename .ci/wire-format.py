"""Reads frames, one a line (topic, full name of the message inside, hex), with Confluent's deserializer."""

import importlib
import sys

from confluent_kafka.schema_registry.protobuf import ProtobufDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext, SerializationError


def envelope_of(topic):
    _, context, kind = topic.split(".")
    module = importlib.import_module(f"kiroku.{context}.v1.{context}_{kind}_pb2")
    # The first message of the file is what the topic carries.
    return getattr(module, list(module.DESCRIPTOR.message_types_by_name)[0])


def read(topic, frame):
    deserializer = ProtobufDeserializer(envelope_of(topic), {"use.deprecated.format": False})
    return deserializer(frame, SerializationContext(topic, MessageField.VALUE))


def content_of(envelope):
    oneof = envelope.DESCRIPTOR.oneofs[0].name
    return getattr(envelope, envelope.WhichOneof(oneof)).DESCRIPTOR.full_name


count = 0
with open(sys.argv[1], encoding="ascii") as frames:
    for line in frames:
        topic, name, frame = line.split()
        found = content_of(read(topic, bytes.fromhex(frame)))
        assert found == name, f"{topic}: {found} instead of {name}"
        count += 1
assert count > 30, f"only {count} frames"

try:
    read(topic, bytes.fromhex("07" + frame[2:]))
    raise SystemExit("a frame with another magic byte was read: this check cannot fail")
except SerializationError:
    print(f"wire format: {count} frames read")
