import { randomUUID } from 'node:crypto';
import { cloudEvent } from '#contracts';
import { TestBroker, testBrokerUrl } from '../../support/broker.js';
import { EventStream } from '../../support/event-stream.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { waitFor } from '../../support/wait-for.js';
import { type Gateway, startGateway } from './gateway.fixture.js';

/** A gateway that hears the broker through a line that a test can cut, and whose owner of credentials permits every stream. */
export class Streams {
  private readonly open: EventStream[] = [];

  private constructor(
    private readonly broker: TestBroker,
    readonly line: TcpProxy,
    readonly gateway: Gateway,
  ) {}

  static async start(): Promise<Streams> {
    const url = testBrokerUrl();
    const { hostname, port } = new URL(url);
    const line = await TcpProxy.to(hostname, Number(port));
    const gateway = await startGateway({ RABBITMQ_URL: line.through(url) });
    const streams = new Streams(await TestBroker.open(), line, gateway);
    streams.permit(204);
    await waitFor(() => streams.hearing());
    return streams;
  }

  /** How the owner answers from now on. */
  permit(status: number, body = ''): void {
    Object.assign(this.gateway.credentials, { status, body });
  }

  /** How often the owner was asked. */
  get questions(): number {
    return this.gateway.credentials.received.length;
  }

  async hearing(): Promise<boolean> {
    const { checks } = (await (await fetch(`${this.gateway.url}/readyz`)).json()) as { checks: Record<string, string> };
    return checks['broker'] === 'ok';
  }

  async listen(ticketId: string, actor = 'customer-1'): Promise<EventStream> {
    const headers = await this.gateway.bearer(actor, 'customer');
    const stream = await EventStream.open(`${this.gateway.url}/v1/tickets/${ticketId}/stream`, headers);
    this.open.push(stream);
    return stream;
  }

  /** By a routing key that no consumer of ours is bound to: these are not for them. @returns the event's id */
  async publish(exchange: string, type: string, ticketId: string, data: object = {}): Promise<string> {
    const event = cloudEvent('/test', type, { ticketId, ...data }, { subject: ticketId, time: new Date() });
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
    await this.gateway.close();
    await this.line.close();
    await this.broker.close();
  }
}

export const newTicket = (): string => `T-${randomUUID()}`;
