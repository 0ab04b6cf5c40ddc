import { type Snippets } from './snippets.js';

/** Where a proxy of the tests runs. */
export interface Location {
  /** Everybody may write there: some proxies run as a user of their own. */
  readonly folder: string;
  readonly port: number;
  /**
   * Puts this machine in the place of the documented one: ports, gateways, certificate.
   */
  readonly localize: (text: string) => string;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * A proxy as docs/proxies.md would have it, on an ordinary server: one that compresses
 * and caches whatever it may, since the files around ours say so.
 */
export interface Product {
  /** Of its section in docs/proxies.md. */
  readonly name: string;
  readonly scheme: 'http' | 'https';
  /** Below which it has the gateway; default: the top. */
  readonly path?: string;
  /** Whether it has a cache. */
  readonly caches: boolean;
  /**
   * What it says in its `error.log` when it writes a body to a
   * file; only some can be asked.
   */
  readonly spills?: RegExp;
  /** @param files writes one beside the others, and returns its path */
  readonly command: (
    snippets: Snippets,
    location: Location,
    write: (name: string, text: string) => string,
  ) => Command;
}
