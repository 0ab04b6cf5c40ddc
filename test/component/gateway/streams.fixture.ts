import { randomUUID } from 'node:crypto';
import { Agent, fetch as fetchBy } from 'undici';
import { cloudEvent, doubtedHeader, exchanges } from '#contracts';
import { TestBroker, testBrokerUrl } from '../../support/broker.js';
import { EventStream } from '../../support/event-stream.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { waitFor } from '../../support/wait-for.js';
import { type Gateway, type Received, startGateway } from './gateway.fixture.js';

/** Of a stream that is always permitted, to see by it what has reached the gateway. */
const witness = 'T-witness';

/**
 * A gateway that hears the broker through a line that a test can cut, and whose owner of
 * credentials permits every stream.
 */
export class Streams {
  private readonly open: EventStream[] = [];
  /**
   * Of the clients: their connections end with it. A server that stops leaves those to
   * them that never carried a request, as one whose request was given up early.
   */
  private readonly agent = new Agent();
  private permission = { status: 204, body: '' };
  private readonly permissions = new Map<string, number>();
  private readonly doubted = new Set<string>();
  /** Whose answers wait, and for what. */
  private held: { readonly ticketId: string; readonly until: Promise<void> } | undefined;

  private constructor(
    private readonly broker: TestBroker,
    readonly line: TcpProxy,
    readonly gateway: Gateway,
  ) {
    gateway.credentials.answer = (question) => this.answer(question);
  }

  /** @param environment beside the usual one of a gateway under test */
  static async start(environment: Record<string, string> = {}): Promise<Streams> {
    const url = testBrokerUrl();
    const { hostname, port } = new URL(url);
    const line = await TcpProxy.to(hostname, Number(port));
    const gateway = await startGateway({ RABBITMQ_URL: line.through(url), ...environment });
    const streams = new Streams(await TestBroker.open(), line, gateway);
    await waitFor(() => streams.hearing());
    await streams.openAt(streams.urlOf(witness), 'customer-0');
    return streams;
  }

  /** How the owner answers from now on. */
  permit(status: number, body = ''): void {
    this.permission = { status, body };
    this.permissions.clear();
    this.doubted.clear();
  }

  /** How it answers about this ticket. */
  permitOne(ticketId: string, status: number): void {
    this.doubted.delete(pathOf(ticketId));
    this.permissions.set(pathOf(ticketId), status);
  }

  /** It answers that `tickets` is in doubt about this ticket. */
  doubt(ticketId: string): void {
    this.permitOne(ticketId, 503);
    this.doubted.add(pathOf(ticketId));
  }

  /**
   * The owner's answers about the ticket are given as things are
   * now, and wait on their way.
   * @returns lets them go
   */
  hold(ticketId: string): () => void {
    let letGo: () => void = () => undefined;
    this.held = { ticketId, until: new Promise((resolve) => (letGo = resolve)) };
    return () => {
      this.held = undefined;
      letGo();
    };
  }

  /** How often the owner was asked about the ticket. */
  questions(ticketId: string): number {
    return this.gateway.credentials.received.filter(({ url }) => url === pathOf(ticketId)).length;
  }

  /**
   * Resolves when what was published before has reached every stream: it comes in the
   * order in which it was published.
   */
  async arrived(): Promise<void> {
    const before = this.questions(witness);
    await this.publish(exchanges.credential, 'credential.edited', witness);
    await waitFor(() => this.questions(witness) > before);
  }

  async hearing(): Promise<boolean> {
    const { checks } = (await (await fetch(`${this.gateway.url}/readyz`)).json()) as {
      checks: Record<string, string>;
    };
    return checks['broker'] === 'ok';
  }

  async listen(ticketId: string, actor = 'customer-1'): Promise<EventStream> {
    const stream = await this.openAt(this.urlOf(ticketId), actor);
    this.open.push(stream);
    return stream;
  }

  /** One stream about several tickets. */
  async listenToAll(ticketIds: readonly string[], actor = 'customer-1'): Promise<EventStream> {
    const url = `${this.gateway.url}/v1/streams?tickets=${ticketIds.join()}`;
    const stream = await this.openAt(url, actor);
    this.open.push(stream);
    return stream;
  }

  /** The bare request for a stream. */
  async request(ticketId: string, actor: string, init: RequestInit): Promise<Response> {
    return this.ask(this.urlOf(ticketId), {
      ...init,
      headers: await this.gateway.bearer(actor, 'customer'),
    });
  }

  /**
   * By a routing key that no consumer of ours is bound to: these are not for them.
   * @returns the event's id
   */
  async publish(
    exchange: string,
    type: string,
    ticketId: string,
    data: object = {},
  ): Promise<string> {
    const event = cloudEvent(
      '/test',
      type,
      { ticketId, ...data },
      { subject: ticketId, time: new Date() },
    );
    await this.publishRaw(exchange, JSON.stringify(event));
    return event.id;
  }

  publishRaw(exchange: string, body: string): Promise<void> {
    return this.broker.publish(exchange, 'test.stream', body);
  }

  hangUp(): void {
    for (const stream of this.open.splice(0)) stream.close();
  }

  async stop(): Promise<void> {
    await this.agent.destroy();
    await this.gateway.close();
    await this.line.close();
    await this.broker.close();
  }

  private readonly ask = ((url: string, init: object) =>
    fetchBy(url, { ...init, dispatcher: this.agent })) as unknown as typeof fetch;

  private async openAt(url: string, actor: string): Promise<EventStream> {
    return EventStream.open(url, await this.gateway.bearer(actor, 'customer'), this.ask);
  }

  private async answer({ url }: Received) {
    const permission =
      url === pathOf(witness)
        ? { status: 204, body: '' }
        : { ...this.permission, ...this.permissionOf(url) };
    if (this.held && url === pathOf(this.held.ticketId)) await this.held.until;
    const doubted: Record<string, string> = this.doubted.has(url)
      ? { [doubtedHeader]: 'true' }
      : {};
    return { ...permission, headers: { 'content-type': 'application/json', ...doubted } };
  }

  private permissionOf(url: string): { status?: number } {
    const status = this.permissions.get(url);
    return status === undefined ? {} : { status };
  }

  private urlOf(ticketId: string): string {
    return this.gateway.url + pathOf(ticketId);
  }
}

const pathOf = (ticketId: string): string => `/v1/tickets/${ticketId}/stream`;

export const newTicket = (): string => `T-${randomUUID()}`;
