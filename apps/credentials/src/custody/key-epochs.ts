import { type Sql } from '#postgres';
import { type Log, type Metrics } from '#telemetry';
import { readOldestAge } from '../persistence/keys.js';
import { type KeyRotation } from './rotation/key-rotation.js';

/**
 * An epoch ends a twelfth early, so that its key is destroyed within KEY_EPOCH_HOURS,
 * which is what receipts state about copies in backups.
 */
const lastTwelfth = 11 / 12;

interface Parts {
  readonly rotation: KeyRotation;
  readonly sql: Sql;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Rotates the keys in the background, and reports their age. */
export class KeyEpochs {
  private readonly maxAge: number;

  /** @param hours the longest that a key lives */
  constructor(
    private readonly parts: Parts,
    hours: number,
  ) {
    this.maxAge = hours * 3600 * lastTwelfth;
    const help =
      'Age of the oldest key that still exists; above KEY_EPOCH_HOURS, copies of the database ' +
      'open longer than receipts say';
    parts.metrics.gauge({ name: 'oldest_key_age_seconds', help }, async () => [
      { value: await readOldestAge(parts.sql) },
    ]);
  }

  async turn(stopping: AbortSignal): Promise<void> {
    const { log, rotation } = this.parts;
    const { began, rewrapped, destroyed, unwrappable } = await rotation.turn(this.maxAge, stopping);
    if (began !== undefined) log.info('key epoch began', { keyId: began });
    if (rewrapped > 0) log.info('data keys rewrapped', { count: rewrapped });
    for (const keyId of destroyed) log.info('key destroyed', { keyId });
    for (const { ticketId, id } of unwrappable)
      log.error('data key does not unwrap, so its key stays', { ticketId, credentialId: id });
  }
}
