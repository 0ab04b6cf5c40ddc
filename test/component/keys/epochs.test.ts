import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '#postgres';
import { type Log, Metrics } from '#telemetry';
import { KeyEpochs } from '../../../apps/credentials/src/custody/key-epochs.js';
import { waitFor } from '../../support/wait-for.js';
import { type KeysUnderTest, startKeys } from './keys.fixture.js';

let keys: KeysUnderTest;
let sql: Awaited<ReturnType<typeof connect>>;
beforeAll(async () => {
  keys = await startKeys();
  sql = await connect({ url: keys.service.database.serviceUrl });
});
afterAll(async () => {
  await sql.destroy();
  await keys.stop();
});

const { signal } = new AbortController();
const age = (minutes: number) =>
  keys.service.database.query(
    `UPDATE key_encryption_key
     SET current_since = now() - make_interval(mins => $1)
     WHERE is_current`,
    [minutes],
  );

describe('an epoch of one hour', () => {
  const lines: string[] = [];
  const note = (event: string, fields?: object): void =>
    void lines.push(`${event} ${JSON.stringify(fields)}`);
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const metrics = new Metrics('test', { processMetrics: false });
  let epochs: KeyEpochs;
  beforeAll(() => {
    epochs = new KeyEpochs({ rotation: keys.custody.rotation, sql, log, metrics }, 1);
  });

  it('ends a twelfth early, so that its key is gone before the hour is over', async () => {
    const first = await keys.current();
    await age(54);
    await epochs.turn(signal);
    expect(await keys.current()).toBe(first);
    await age(55);
    await epochs.turn(signal);
    const second = await keys.current();
    expect(lines.splice(0)).toEqual([
      `key epoch began {"keyId":"${second}"}`,
      `key destroyed {"keyId":"${first}"}`,
    ]);
  });

  it('names what cannot be wrapped anew, and shows how old the oldest key is', async () => {
    const [path] = await keys.submit(1);
    const ticketId = path!.split('/')[3]!;
    await keys.service.database.query(
      `UPDATE credential
       SET wrapped_key = decode(repeat('00', 125), 'hex')
       WHERE ticket_id = $1`,
      [ticketId],
    );
    await age(70);
    await epochs.turn(signal);
    expect(lines.splice(0)).toContainEqual(
      expect.stringMatching(`^data key does not unwrap.*"ticketId":"${ticketId}","credentialId":"`),
    );
    expect(
      Number(/^oldest_key_age_seconds\{[^}]*\} (\S+)$/m.exec(await metrics.text())?.[1]),
    ).toBeGreaterThanOrEqual(4200);
  });
});

it('the running service rotates and forgets keys by itself, and shows in the metrics that it did', async () => {
  const shown = await waitFor(async () => {
    const text = await (await fetch(`${keys.service.url}/metrics`)).text();
    return (
      /^job_last_success[^\n]*key-rotation/m.test(text) &&
      /^job_last_success[^\n]*key-forgetting/m.test(text) &&
      text
    );
  });
  expect(shown).toMatch(/^oldest_key_age_seconds\{service="credentials"\} \d/m);
});
