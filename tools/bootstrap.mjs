/**
 * What `npm start` and `npm test` run first, in plain JavaScript and with nothing but Node, since on a fresh machine there is nothing else:
 * installs the dependencies, builds what changed, and hands over to dist/tools/<command>.js.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestNode = [20, 19];
const commands = ['start', 'test', 'with-servers'];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new Error(`Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}`);
}

const readLock = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {});

/** npm writes its own lock last of all, so an interrupted installation counts as none. Optional packages depend on the platform. */
function isInstalled() {
  const [wanted, installed] = [readLock('package-lock.json'), readLock('node_modules/.package-lock.json')];
  return Object.entries(wanted).every(([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version);
}

async function install() {
  console.log('Installing the dependencies (npm ci) …');
  const flags = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const child = npm ? spawn(process.execPath, [npm, ...flags], { stdio: 'inherit' }) : spawn('npm', flags, { stdio: 'inherit' });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  if (code !== 0) throw new Error('npm ci failed; its output above says why (no network, no space, or no right to write here?)');
}

async function prepare() {
  checkNode();
  if (!isInstalled()) await install();
  const { build } = await import('./build.mjs');
  const compiled = await build();
  if (compiled > 0) console.log(`Built ${compiled} files.`);
}

const command = process.argv[2];
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
try {
  if (!commands.includes(command)) throw new Error(`usage: node tools/bootstrap.mjs ${commands.join(' | ')}`);
  await prepare();
} catch (error) {
  console.error(error.code === 'ENOSPC' ? `The disk is full: ${error.message}` : error.message);
  process.exit(1);
}
await import(`../dist/tools/${command}.js`);
