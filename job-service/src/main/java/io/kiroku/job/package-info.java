/// Jobs: long-running work as its owner sees it. Redis holds them for a day, Kafka tells of them.
@NullMarked
package io.kiroku.job;

import org.jspecify.annotations.NullMarked;
