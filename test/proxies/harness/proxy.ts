import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Supervisor } from '../../../tools/stack/processes/supervisor.js';
import { waitFor } from '../../support/wait-for.js';
import { type Caller } from './caller.js';
import { documentedFolder } from './certificate.js';
import { type Product } from './product.js';
import { readSnippets } from './snippets.js';

interface Before {
  /** For the files of all proxies. */
  readonly folder: string;
  readonly port: number;
  /** Of two gateways. */
  readonly gatewayPorts: readonly [number, number];
  readonly certificate: string;
  readonly supervisor: Supervisor;
  /** Who calls until there is an answer: some listen, and then give up. */
  readonly callerAt: (url: string) => Caller;
}

/** A running proxy, in the foreground, with all its files in one folder. */
export interface Proxy {
  readonly folder: string;
  /** Without a slash at its end. */
  readonly url: string;
}

/** @throws with what it printed, where it ends instead of serving */
export async function startProxy(product: Product, before: Before): Promise<Proxy> {
  const { port, gatewayPorts, certificate, supervisor } = before;
  const folder = join(before.folder, product.name.replaceAll(/\W/g, '-'));
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  const write = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const localize = (text: string): string =>
    text
      .replaceAll(documentedFolder, certificate)
      .replaceAll(/\b300[01]\b/g, (gateway) => String(gatewayPorts[gateway === '3000' ? 0 : 1]))
      .replaceAll(/\b(443|6081)\b/g, String(port));
  const { program, args, env } = product.command(
    readSnippets(product.name),
    { folder, port, localize },
    write,
  );
  const kept = supervisor.supervise({
    name: product.name,
    command: program,
    args,
    env: { ...process.env, ...env },
    cwd: folder,
  });
  const url = `${product.scheme}://desk.example:${port}${product.path ?? ''}`;
  const caller = before.callerAt(url);
  await waitFor(async () => kept.failures > 0 || (await caller.isServed()));
  if (kept.failures > 0) throw new Error(`${product.name} does not serve.${kept.tail.quote()}`);
  return { folder, url };
}
