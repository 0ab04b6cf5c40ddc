import { type StackDescription } from '../../tools/stack/stack-file.js';
import { type ReportProgress } from '../progress.js';
import { type Baseline, openBaseline } from '../baseline/baseline.js';
import { fillLog } from './fill-log.js';
import { fillTickets } from './fill-tickets.js';
import { share } from './share.js';
import { type Sizes } from './sizes.js';

/**
 * Fills the databases of a system that runs, as years would have. What operations read of
 * other tickets than their own is as the services would have written it: the live
 * credentials can be opened.
 */
export async function fill(
  { databaseUrls, keyringDir }: StackDescription,
  sizes: Sizes,
  report: ReportProgress,
): Promise<void> {
  const { tickets: ticketsUrl, credentials: credentialsUrl } = databaseUrls;
  const baseline = await openBaseline({ ticketsUrl, credentialsUrl, keyringDir });
  const { tickets, credentials } = baseline;
  report('filling: tickets');
  await fillTickets(tickets, sizes);
  report('filling: the log');
  await fillLog(credentials, sizes);
  report('filling: live credentials');
  await share(baseline, sizes.live);
  await settle(baseline);
  await Promise.all([tickets.close(), credentials.close()]);
}

/** What autovacuum would have done by the time it has become so much. */
async function settle({ tickets, credentials }: Baseline): Promise<void> {
  await tickets.query('VACUUM (ANALYZE)');
  await credentials.query('VACUUM (ANALYZE)');
}
