import { type DynamicModule, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TicketAccess } from '#http-server';
import { UnitOfWork } from '#postgres';
import { Background } from './background.js';
import { AddReplyHandler } from './commands/add-reply/add-reply.handler.js';
import { CreateTicketHandler } from './commands/create-ticket/create-ticket.handler.js';
import { UpdateTicketHandler } from './commands/update-ticket/update-ticket.handler.js';
import { RepliesController } from './http/replies.controller.js';
import { StandingsController } from './http/standings.controller.js';
import { AccessByTicket } from './http/ticket-access.js';
import { TicketsController } from './http/tickets.controller.js';
import { ListRepliesHandler } from './queries/list-replies/list-replies.handler.js';
import { ListTicketsHandler } from './queries/list-tickets/list-tickets.handler.js';
import { StandingsHandler } from './queries/standings/standings.handler.js';

interface Infrastructure {
  readonly dataSource: DataSource;
  readonly unitOfWork: UnitOfWork;
  readonly background: Background;
}

@Module({})
export class TicketsModule {
  static with({ dataSource, unitOfWork, background }: Infrastructure): DynamicModule {
    const infrastructure = [
      { provide: DataSource, useValue: dataSource },
      { provide: UnitOfWork, useValue: unitOfWork },
      { provide: Background, useValue: background },
      { provide: TicketAccess, useClass: AccessByTicket },
    ];
    const commands = [CreateTicketHandler, UpdateTicketHandler, AddReplyHandler];
    const queries = [ListTicketsHandler, ListRepliesHandler, StandingsHandler];
    return {
      module: TicketsModule,
      controllers: [TicketsController, RepliesController, StandingsController],
      providers: [...infrastructure, ...commands, ...queries],
    };
  }
}
