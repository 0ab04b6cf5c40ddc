import { LauncherError } from '../stack/launcher-error.js';

/** A person of the demonstration, signed in. */
export interface Person {
  readonly sub: string;
  readonly token: string;
}

/** The public HTTP API, as any client would use it. */
export class DemoApi {
  constructor(private readonly gatewayUrl: string) {}

  async signIn(sub: string, role: 'customer' | 'agent', name: string): Promise<Person> {
    const { access_token: token } = await this.call<{ access_token: string }>(
      'POST',
      '/dev/token',
      { body: { sub, roles: [role], name } },
    );
    return { sub, token };
  }

  /**
   * @param key the Idempotency-Key: a start that is repeated after an interruption
   *   creates nothing twice
   */
  create<T>(person: Person, path: string, key: string, body: object): Promise<T> {
    return this.call<T>('POST', path, { token: person.token, key, body });
  }

  change<T>(person: Person, path: string, body: object): Promise<T> {
    return this.call<T>('PATCH', path, { token: person.token, body });
  }

  private async call<T>(
    method: string,
    path: string,
    { body, token, key }: { body: object; token?: string; key?: string },
  ): Promise<T> {
    const answer = await fetch(`${this.gatewayUrl}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    });
    if (!answer.ok)
      throw new LauncherError(
        `${method} ${path} answered ${answer.status}: ${await answer.text()}`,
      );
    return (await answer.json()) as T;
  }
}
