/**
 * What `npm start`, `npm test` and every `npm run <command>` run first, in plain
 * JavaScript and with nothing but Node, since on a fresh machine there is nothing else:
 * installs the dependencies, builds what changed, and hands over to what was built.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestNode = [20, 19];
/** Paths below dist/. */
const commands = {
  start: 'tools/start',
  test: 'tools/test',
  browser: 'tools/browser',
  chaos: 'tools/chaos',
  mutations: 'tools/mutations',
  security: 'tools/security',
  proxies: 'tools/proxies',
  publishers: 'tools/publishers',
  'with-servers': 'tools/with-servers',
  run: 'tools/run',
  bench: 'bench/main',
};
// The output of these commands may be piped, so our own words go to stderr.
const say = ['run', 'bench'].includes(process.argv[2]) ? console.error : console.log;

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new Error(
    `Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}`,
  );
}

const readLock = (file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};

/**
 * npm writes its own lock file last, so an interrupted installation counts as none.
 * Optional packages depend on the platform.
 */
function isInstalled() {
  const [wanted, installed] = [
    readLock('package-lock.json'),
    readLock('node_modules/.package-lock.json'),
  ];
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional || installed[path]?.version === version,
  );
}

async function install() {
  say('Installing the dependencies (npm ci) …');
  const flags = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  await run('npm ci', ...(npm ? [process.execPath, [npm, ...flags]] : ['npm', flags]));
}

/** @param title what it is called where it fails */
async function run(title, program, args) {
  const child = spawn(program, args, {
    stdio: ['ignore', say === console.error ? 2 : 'inherit', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (text) => {
    process.stderr.write(text);
    complaints += text;
  });
  const code = await new Promise((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) throw new Error(`${title} failed: ${reasonOf(complaints)}`);
}

const reasons = [
  [/ENOSPC|EDQUOT/, 'the disk is full'],
  [/EACCES|EPERM|EROFS/, 'this folder, or the cache of npm, may not be written'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EIDLETIMEOUT|network/,
    'the package registry cannot be reached',
  ],
];
const reasonOf = (complaints) =>
  reasons.find(([pattern]) => pattern.test(complaints))?.[1] ?? 'its output above says why';

async function prepare() {
  checkNode();
  if (!isInstalled()) await install();
  const { isBuilt } = await import('./build.mjs');
  // By another process: compilers hold on to hundreds of megabytes, and this one stays.
  if (!(await isBuilt())) await run('the build', process.execPath, ['tools/build.mjs']);
}

const command = process.argv[2];
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
try {
  if (!Object.hasOwn(commands, command))
    throw new Error(`usage: node tools/bootstrap.mjs ${Object.keys(commands).join(' | ')}`);
  await prepare();
} catch (error) {
  const reason = reasons.find(([pattern]) => pattern.test(error.code))?.[1];
  console.error(`Failed: ${error.message}${reason ? ` (${reason})` : ''}`);
  process.exit(1);
}
await import(`../dist/${commands[command]}.js`);
