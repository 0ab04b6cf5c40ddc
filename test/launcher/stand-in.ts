import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const service = `
const { createServer } = require('node:http');
const seen = process.env;
if (seen.STAND_IN_CRASH) throw new Error(seen.STAND_IN_CRASH);
createServer((request, response) => {
  if (request.url === '/environment') response.end(JSON.stringify(seen));
  else response.writeHead(seen.STAND_IN_STATUS ?? 200).end('{}');
}).listen(Number(seen.PORT), seen.HOST, () => console.log('listening'));
process.on('SIGTERM', () => {
  console.log('stopped in good order');
  process.exit(0);
});
`;

/**
 * A clone's dist/ in which every service is a few lines that only answer: what the
 * launcher does is the same.
 */
export function makeStandIn(root: string): string {
  const files = {
    'dist/libs/telemetry/src/preload.js': '',
    ...Object.fromEntries(
      ['tickets', 'credentials', 'gateway'].map((name) => [
        `dist/apps/${name}/src/main.js`,
        service,
      ]),
    ),
    ...Object.fromEntries(
      ['tickets', 'credentials'].map((name) => [
        `dist/apps/${name}/src/migrate.js`,
        "if (process.env.STAND_IN_MIGRATION === 'fails') throw new Error('no such thing');",
      ]),
    ),
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}
