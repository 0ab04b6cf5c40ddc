import { Controller, Get, Query, Req } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { type AccessLogEntryResponse, type DestructionReceiptResponse } from '#contracts';
import { Access, actorOf } from '#http-server';
import { type Page } from '#paging';
import { PageParameters, parseQuery } from '#requests';
import { AccessLog } from '../queries/access-log.js';
import { DestructionReceipts } from '../queries/destruction-receipts.js';
import { standingOf } from './ticket-access.js';

/** What remains after the destruction: the access log and the receipts. */
@Controller('v1/tickets/:ticketId')
export class EvidenceController {
  constructor(
    private readonly accessLog: AccessLog,
    private readonly destructionReceipts: DestructionReceipts,
  ) {}

  @Get('access-log')
  @Access('access-log.read')
  log(
    @Req() request: FastifyRequest,
    @Query() query: unknown,
  ): Promise<Page<AccessLogEntryResponse>> {
    return this.accessLog.list(
      standingOf(request).ticketId,
      parseQuery(PageParameters, query),
      actorOf(request).roles.has('admin'),
    );
  }

  @Get('destruction-receipts')
  @Access('receipt.read')
  receipts(
    @Req() request: FastifyRequest,
    @Query() query: unknown,
  ): Promise<Page<DestructionReceiptResponse>> {
    return this.destructionReceipts.list(
      standingOf(request).ticketId,
      parseQuery(PageParameters, query),
    );
  }
}
