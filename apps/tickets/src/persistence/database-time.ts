/*
 * Times are the database's, written by the statement that makes them true: each replica
 * has a clock of its own, and `lift` decides by them.
 */

/** When the statement began that inserts a row: the same for both times of it. */
export const timeOfInsert = (): string => 'statement_timestamp()';

/**
 * Of a change, under the lock of its row, for which the statement's beginning may
 * have waited. Never goes back.
 */
export const timeOfChange = (): string => 'greatest(updated_at, clock_timestamp())';
