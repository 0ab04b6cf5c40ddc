import { type DynamicModule, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DevTokenIssuer } from '#identity';
import { Upstream } from '#upstream';
import { type GatewayConfig } from './config.js';
import { ReceiptKeysController } from './credentials/receipt-keys.controller.js';
import { DevTokenController } from './dev/dev-token.controller.js';
import { CredentialsOwner, TicketsOwner } from './forwarding/owners.js';
import { StreamController } from './streams/stream.controller.js';
import { StreamsController } from './streams/streams.controller.js';
import { StreamHub } from './streams/stream-hub.js';

@Module({})
export class GatewayModule implements OnApplicationShutdown {
  constructor(
    private readonly tickets: TicketsOwner,
    private readonly credentials: CredentialsOwner,
  ) {}

  static with(
    { identity, tickets, credentials, publicUrl: { path } }: GatewayConfig,
    streams: StreamHub,
  ): DynamicModule {
    const dev =
      identity.mode === 'dev'
        ? [{ provide: DevTokenIssuer, useValue: new DevTokenIssuer(identity) }]
        : [];
    return {
      module: GatewayModule,
      controllers: [
        ReceiptKeysController,
        StreamController,
        StreamsController,
        ...(dev.length > 0 ? [DevTokenController] : []),
      ],
      providers: [
        { provide: TicketsOwner, useValue: new TicketsOwner(new Upstream(tickets), path) },
        {
          provide: CredentialsOwner,
          useValue: new CredentialsOwner(new Upstream(credentials), path),
        },
        { provide: StreamHub, useValue: streams },
        ...dev,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.tickets.close(), this.credentials.close()]);
  }
}
