/**
 * `node tools/bootstrap.mjs with-servers <command …>`: runs a command beside private
 * servers, which it finds in the TEST_… variables.
 */
import { runWithServers } from './terminal/run-with-servers.js';

const [program, ...args] = process.argv.slice(3);
if (program === undefined) {
  console.error('usage: node tools/bootstrap.mjs with-servers <command …>');
  process.exit(1);
}
process.exit(await runWithServers({ program, args }));
