/**
 * A rotator in a process of its own, which is killed at the n-th step: just before it
 * writes to the database, or to the ring. To die before something is only read would
 * leave what the step before it has left. Arguments: the database's URL, the ring, n.
 * Prints how many steps there are when it gets to the end.
 */
import { writeSync } from 'node:fs';
import fs from 'node:fs/promises';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

const [url, ring, last, root] = process.argv.slice(2);
let steps = 0;
let counting = false;

/** A statement that leaves nothing behind when its connection ends. */
const isRead = (statement) =>
  /^\s*(SELECT|BEGIN|START TRANSACTION)\b/i.test(statement.text ?? statement);

function beforeEach(object, names, passes = () => false) {
  for (const name of names) {
    const original = object[name];
    object[name] = function (...args) {
      if (counting && !passes(...args) && ++steps === Number(last))
        process.kill(process.pid, 'SIGKILL');
      return original.apply(this, args);
    };
  }
}

const handle = await fs.open(ring);
beforeEach(Object.getPrototypeOf(handle), ['write', 'sync']);
await handle.close();
beforeEach(fs, ['open', 'rename', 'rm']);
syncBuiltinESMExports();
beforeEach(createRequire(join(root, 'package.json'))('pg').Client.prototype, ['query'], isRead);

const { connect } = await import(join(root, 'dist/libs/postgres/src/index.js'));
const { Custody } = await import(join(root, 'dist/apps/credentials/src/custody/custody.js'));
const database = await connect({ url });
const { DirectoryKeyRing } = await import(join(root, 'dist/libs/envelope/src/index.js'));
const { rotation } = new Custody(database, await DirectoryKeyRing.open(ring));
counting = true;
await rotation.turn(0);
writeSync(1, String(steps));
process.exit(0);
