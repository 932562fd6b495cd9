/// The whole service between real parts. Needs the local edition's jars: they are built before this
/// module.
@NullMarked
package io.kiroku.command;

import org.jspecify.annotations.NullMarked;
