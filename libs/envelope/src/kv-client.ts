import { setTimeout as pause } from 'node:timers/promises';
import { KeyRingError, KeyRingOutage } from './key-ring.js';

/** Where the KV secrets engine (version 2) is, and the token for it. */
export interface KvSettings {
  /** Of Vault or OpenBao, before `/v1`. */
  readonly url: URL;
  /** Of the engine: `secret`. */
  readonly mount: string;
  /** Of the folder that holds the keys, within the engine. */
  readonly path: string;
  /** Read before every request, since an agent may renew its file. */
  readonly token: () => string;
  /** The most that one answer may take, default 2000 ms. */
  readonly answerTimeoutMs?: number;
}

export interface KvAnswer {
  readonly status: number;
  /** What stands under `data`. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly errors: readonly unknown[];
}

interface KvQuestion {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The operation: `data`, `metadata` or `destroy`. */
  readonly verb: string;
  /** Within the folder: `/<name>`, with its query. */
  readonly name?: string;
  readonly body?: object;
}

/**
 * Milliseconds before each further attempt. Short, since the caller
 * may hold a transaction open.
 */
const pauses = [100, 400];
/** Failing over, overloaded, not in step with its primary yet, or sealed (503). */
const isOutage = (status: number): boolean => status >= 500 || status === 429 || status === 412;
const isPassing = (error: unknown): boolean =>
  error instanceof KeyRingOutage && error.code !== 'forbidden';

/**
 * The HTTP API of the KV engine. Requests without an answer are
 * repeated, so each may arrive twice.
 */
export class KvClient {
  private readonly base: string;

  constructor(private readonly settings: KvSettings) {
    this.base = `${settings.url.href.replace(/\/$/, '')}/v1/${settings.mount}`;
  }

  /**
   * @throws KeyRingOutage when there is no answer. Messages name the server and its
   *   status; never a token or the body of the answer
   */
  async ask(question: KvQuestion): Promise<KvAnswer> {
    for (const wait of pauses) {
      try {
        return await this.send(question);
      } catch (error) {
        if (!isPassing(error)) throw error;
        await pause(wait);
      }
    }
    return this.send(question);
  }

  private async send({ method, verb, name = '', body }: KvQuestion): Promise<KvAnswer> {
    const { path, answerTimeoutMs = 2000 } = this.settings;
    const request = {
      method,
      headers: { 'x-vault-token': this.token(), 'x-vault-request': 'true' },
      // Sent on, a token could end up anywhere.
      redirect: 'manual' as const,
      signal: AbortSignal.timeout(answerTimeoutMs),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    const { status, text } = await this.exchange(`${this.base}/${verb}/${path}${name}`, request);
    this.requireAnswer(status);
    return { status, ...this.parse(text) };
  }

  /** @throws unless the engine has done what it was asked, or says why it has not */
  private requireAnswer(status: number): void {
    if (status === 503) throw this.outage('sealed', 'is sealed, or not ready (503)');
    if (isOutage(status)) throw this.outage('unreachable', `answered ${status}`);
    if (status === 403) throw this.outage('forbidden', 'refused our token (403)');
    if (status < 200 || (status > 204 && status !== 400 && status !== 404))
      throw this.unexpectedAnswer(`answered ${status}`);
  }

  private async exchange(
    url: string,
    request: RequestInit,
  ): Promise<{ status: number; text: string }> {
    try {
      const answer = await fetch(url, request);
      return { status: answer.status, text: await answer.text() };
    } catch (error) {
      // Its own message may quote a header, and with it the token.
      const { name, cause } = error as { name: string; cause?: { code?: string } };
      throw this.outage('unreachable', `does not answer (${cause?.code ?? name})`);
    }
  }

  private token(): string {
    try {
      const token = this.settings.token();
      if (/^[\x21-\x7e]+$/.test(token)) return token;
    } catch {
      // Its file has gone; an agent may be about to write it anew.
    }
    throw this.outage('forbidden', 'cannot be asked: there is no token');
  }

  private parse(text: string): Pick<KvAnswer, 'data' | 'errors'> {
    if (text === '') return { data: undefined, errors: [] };
    try {
      const { data, errors } = JSON.parse(text) as {
        data?: Readonly<Record<string, unknown>>;
        errors?: unknown[];
      };
      return { data, errors: errors ?? [] };
    } catch {
      throw this.unexpectedAnswer('answered something else than JSON');
    }
  }

  /** For answers that no KV engine of version 2 gives. */
  unexpectedAnswer(what: string): KeyRingError {
    const { url, mount } = this.settings;
    const message =
      `The key ring at ${url.origin} ${what}. ` +
      `Is the engine at ${mount} KV of version 2, and the address the active node's?`;
    return new KeyRingError('not-a-key-store', message);
  }

  private outage(code: KeyRingOutage['code'], what: string): KeyRingOutage {
    return new KeyRingOutage(code, `The key ring at ${this.settings.url.origin} ${what}`);
  }
}
