import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { type RevealedCredentialResponse } from '#contracts';
import { Access } from '#http-server';
import { Problem } from '#problem';
import { parseBody, RevealRequest } from '#requests';
import { RevealCredentials } from '../commands/reveal-credentials.js';
import { Limited } from '../limits/actor-limits.js';
import { Credentials } from '../queries/credentials.js';
import { callerOf, standingOf } from './ticket-access.js';
import { readPathId } from './path-id.js';
import { RevealReason } from '../domain/reveal-reason.js';
import { writePlaintext } from './secrets.js';

/** The only answers that hold plaintext. */
@Controller('v1/tickets/:ticketId/credentials')
export class RevealsController {
  constructor(
    private readonly revealCredentials: RevealCredentials,
    private readonly credentials: Credentials,
    private readonly reason: RevealReason,
  ) {}

  @Post('reveal')
  @HttpCode(200)
  @Access('credential.reveal')
  @Limited('reveals')
  async all(
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<{ items: RevealedCredentialResponse[] }> {
    const revealed = await this.revealCredentials.execute({
      caller: callerOf(request),
      answer: standingOf(request),
      credentialId: null,
      reason: this.reason.of(parseBody(RevealRequest, body).reason),
    });
    return { items: revealed.map(writePlaintext) };
  }

  @Post(':credentialId/reveal')
  @HttpCode(200)
  @Access('credential.reveal')
  @Limited('reveals')
  async one(
    @Req() request: FastifyRequest,
    @Param('credentialId') id: string,
    @Body() body: unknown,
  ): Promise<RevealedCredentialResponse> {
    const caller = callerOf(request);
    const answer = await this.credentials.requireStored(
      caller,
      standingOf(request),
      readPathId(id),
    );
    const [revealed] = await this.revealCredentials.execute({
      caller,
      answer,
      credentialId: id,
      reason: this.reason.of(parseBody(RevealRequest, body).reason),
    });
    if (revealed === undefined) throw new Problem('not-found');
    return writePlaintext(revealed);
  }
}
