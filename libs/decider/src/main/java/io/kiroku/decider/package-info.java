/// The vocabulary of business rules: deciders, decisions, rejections and personal values. Depends
/// on nothing; everything that decides anything depends on it.
@NullMarked
package io.kiroku.decider;

import org.jspecify.annotations.NullMarked;
