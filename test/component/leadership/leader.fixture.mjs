/**
 * A replica in a process of its own: prints its name at every turn. Arguments: the
 * database's URL, the name, milliseconds of a lease.
 */
import { Leadership } from '#leadership';
import { connect } from '#postgres';
import { silentLog } from '#telemetry';

const [url, name, leaseMs] = process.argv.slice(2);
const report = { succeeded: () => undefined, failed: () => undefined };
const leadership = new Leadership({
  sql: await connect({ url }),
  log: silentLog,
  report,
  leaseMs: Number(leaseMs),
  renewMs: 100,
});
leadership.lead({
  name: 'work',
  everyMs: 20,
  run: () => {
    process.stdout.write(`${name}\n`);
    return Promise.resolve({ done: {} });
  },
});
leadership.start();
process.on('SIGTERM', () => {
  void leadership.stop(2_000).then(() => process.exit(0));
});
