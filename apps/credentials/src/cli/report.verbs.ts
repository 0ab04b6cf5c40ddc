import { CommandError, verb } from '#command-line';
import { readEnvironment, readTlsConfig } from '#config';
import { readIdentityConfig, serviceTokens } from '#identity';
import { readUpstreamConfig, Upstream } from '#upstream';
import { readStandingLease } from '../config.js';
import { readGates } from '../persistence/gates.js';
import { withDatabase } from './with-database.js';
import { StandingCache } from '../standing/standing-cache.js';
import { TicketsClient } from '../standing/tickets-client.js';
import { type OperationsReport, OperationsReporter } from '../queries/operations-report.js';
import { concerns, reportText } from './report-text.js';

/** What `npm run credentials -- report` does. */
export const reportVerbs = {
  report: verb({
    summary:
      'Tells what is live and under which tickets, asking tickets about each; exits with 1 ' +
      'when something needs attention.',
    options: { json: { type: 'boolean', summary: 'as JSON' } },
    run: async ({ values: { json = false }, print }) => {
      const report = await make();
      print(json ? JSON.stringify(report, undefined, 2) : reportText(report));
      const found = concerns(report);
      if (found.length > 0) throw new CommandError(found.join(', '));
    },
  }),
};

async function make(): Promise<OperationsReport> {
  const { identity, tickets, leaseSeconds } = readEnvironment(process.env, (read) => ({
    identity: readIdentityConfig(read, 'required'),
    tickets: readUpstreamConfig(read, 'TICKETS_URL', 'tickets', readTlsConfig(read)),
    leaseSeconds: readStandingLease(read),
  }));
  const upstream = new Upstream(tickets);
  const source = new TicketsClient(upstream, serviceTokens('credentials', identity));
  try {
    return await withDatabase('report', (database) => {
      const standings = new StandingCache(source, (ids) => readGates(database, ids), 0);
      return new OperationsReporter(database, standings, leaseSeconds * 1000).make();
    });
  } finally {
    await upstream.close();
  }
}
