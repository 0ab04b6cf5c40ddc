import { type Answer, type Call, People, send } from '../../support/api.js';

/** Longer than the service takes to say that it cannot answer. */
const timeoutMs = 20_000;

/**
 * People in front of the gateways, as a load balancer would send them: to one after the
 * other, and on where nobody listens.
 */
export class Clients {
  private readonly people: People;
  private turn = 0;

  /** @param gateways their URLs */
  constructor(private readonly gateways: readonly string[]) {
    this.people = new People(gateways[0] ?? '');
  }

  /** Gets everybody's token, while the gateway is well. */
  async arrive(...actors: readonly string[]): Promise<void> {
    await Promise.all(actors.map((actor) => this.people.authorization(actor)));
  }

  /** @returns undefined where no answer came: it may have been done all the same */
  async call(actor: string, call: Call): Promise<Answer | undefined> {
    const headers = { ...(await this.people.authorization(actor)), ...call.headers };
    const turn = (this.turn += 1);
    for (const tried of this.gateways.keys()) {
      const gateway = this.gateways[(turn + tried) % this.gateways.length] ?? '';
      try {
        return await send(gateway, { ...call, headers, signal: AbortSignal.timeout(timeoutMs) });
      } catch (error) {
        if (!nobodyListened(error)) return undefined;
      }
    }
    return undefined;
  }
}

/** The one failure after which a load balancer may try the next: nothing was sent. */
const nobodyListened = (error: unknown): boolean =>
  (error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED';
