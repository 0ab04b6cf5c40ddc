import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type CredentialSummaryResponse } from '#contracts';
import { Access, Authenticated, entityTag } from '#http-server';
import { readIdempotencyKey } from '#idempotency';
import { type Page } from '#paging';
import {
  EditNoteRequest,
  PageParameters,
  parseBody,
  parseQuery,
  SubmitCredentialRequest,
} from '#requests';
import { DeleteCredential } from '../commands/delete-credential.js';
import { EditNote } from '../commands/edit-note.js';
import { SubmitCredential } from '../commands/submit-credential.js';
import { SecretText } from '../custody/secret-text.js';
import { requireNoCoreField } from '../domain/core-fields.js';
import { CredentialLifetime } from '../domain/credential-lifetime.js';
import { Limited } from '../limits/actor-limits.js';
import { Credentials } from '../queries/credentials.js';
import { callerOf, standingOf } from './ticket-access.js';
import { readPathId } from './path-id.js';
import { requireIfMatch } from './preconditions.js';
import { toSecret } from './secrets.js';

@Controller('v1/tickets/:ticketId/credentials')
export class CredentialsController {
  constructor(
    private readonly submitCredential: SubmitCredential,
    private readonly editNote: EditNote,
    private readonly deleteCredential: DeleteCredential,
    private readonly credentials: Credentials,
    private readonly lifetime: CredentialLifetime,
  ) {}

  @Post()
  @Access('credential.submit')
  @Limited('submits')
  async submit(
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CredentialSummaryResponse> {
    const [caller, answer] = [callerOf(request), standingOf(request)];
    const submission = parseBody(SubmitCredentialRequest, body);
    const secret = toSecret(submission);
    const lifetime = this.lifetime.of(submission.expiresIn);
    const idempotencyKey = readIdempotencyKey(request.headers['idempotency-key']);
    const summary = await this.submitCredential.execute({
      caller,
      answer,
      secret,
      lifetime,
      idempotencyKey,
    });
    void reply.header(
      'location',
      `/v1/tickets/${encodeURIComponent(answer.ticketId)}/credentials/${summary.id}`,
    );
    return tagged(summary, reply);
  }

  @Get()
  @Access('credential.list')
  list(
    @Req() request: FastifyRequest,
    @Query() query: unknown,
  ): Promise<Page<CredentialSummaryResponse>> {
    return this.credentials.list(
      callerOf(request),
      standingOf(request),
      parseQuery(PageParameters, query),
    );
  }

  @Get(':credentialId')
  @Access('credential.list')
  async get(
    @Req() request: FastifyRequest,
    @Param('credentialId') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CredentialSummaryResponse> {
    return tagged(
      await this.credentials.get(callerOf(request), standingOf(request), readPathId(id)),
      reply,
    );
  }

  @Patch(':credentialId')
  @Access('credential.edit')
  async edit(
    @Req() request: FastifyRequest,
    @Param('credentialId') id: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CredentialSummaryResponse> {
    const caller = callerOf(request);
    const answer = await this.credentials.requireStored(
      caller,
      standingOf(request),
      readPathId(id),
    );
    requireNoCoreField(body);
    const note = SecretText.orNull(parseBody(EditNoteRequest, body).additionalInformation);
    const matches = requireIfMatch(ifMatch);
    const summary = await this.editNote.execute({
      caller,
      answer,
      credentialId: id,
      note,
      matches,
    });
    return tagged(summary, reply);
  }

  @Delete(':credentialId')
  @HttpCode(204)
  @Authenticated()
  async delete(
    @Req() request: FastifyRequest,
    @Param('ticketId') ticketId: string,
    @Param('credentialId') id: string,
  ): Promise<void> {
    await this.deleteCredential.execute({
      caller: callerOf(request),
      ticketId,
      credentialId: id,
    });
  }
}

/** With the tag that an edit of the note has to name. */
function tagged(
  summary: CredentialSummaryResponse,
  reply: FastifyReply,
): CredentialSummaryResponse {
  void reply.header('etag', entityTag(summary.noteVersion));
  return summary;
}
