import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type DestructionReason, destructionReasons } from './credential-events.js';
import { type TicketStatus, ticketStatuses } from './words.js';

/**
 * Bodies of the public API's answers. `nullable` is how OpenAPI 3.0 said it; the
 * gateway's document says it as 3.1 does.
 */
const orNull = (type: 'string' | 'integer') => ({ type, nullable: true });
const time = { type: 'string', format: 'date-time' } as const;
const timeOrNull = { ...orNull('string'), format: 'date-time' };

export class TicketResponse {
  @ApiProperty() id!: string;
  @ApiProperty() subject!: string;
  @ApiProperty(orNull('string')) description!: string | null;
  @ApiProperty({ enum: ticketStatuses }) status!: TicketStatus;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty(orNull('string')) requesterId!: string | null;
  @ApiPropertyOptional() requesterName?: string;
  @ApiProperty(orNull('string')) assigneeId!: string | null;
  @ApiPropertyOptional() assigneeName?: string;
  @ApiProperty() home!: string;
  @ApiPropertyOptional({
    type: 'boolean',
    enum: [true],
    description: 'Its home said something of it that was not understood; nothing is revealed',
  })
  doubted?: true;
  @ApiProperty(time) createdAt!: string;
  @ApiProperty(time) updatedAt!: string;
}

export class ReplyResponse {
  @ApiProperty() id!: string;
  @ApiProperty() authorId!: string;
  @ApiPropertyOptional() authorName?: string;
  @ApiProperty() body!: string;
  @ApiProperty(time) createdAt!: string;
}

export class CredentialSummaryResponse {
  @ApiProperty() id!: string;
  @ApiProperty({ type: 'integer', description: '1, 2, … within the ticket' }) number!: number;
  @ApiProperty() submittedBy!: string;
  @ApiPropertyOptional() submittedByName?: string;
  @ApiProperty(time) submittedAt!: string;
  @ApiProperty(time) expiresAt!: string;
  @ApiProperty() hasLink!: boolean;
  @ApiProperty() hasAdditionalInformation!: boolean;
  @ApiProperty({ type: 'integer' }) reveals!: number;
  @ApiProperty(timeOrNull) lastRevealedAt!: string | null;
  @ApiProperty(orNull('string')) lastRevealedBy!: string | null;
  @ApiPropertyOptional() lastRevealedByName?: string;
  @ApiProperty({ type: 'integer' }) noteVersion!: number;
}

export class RevealedCredentialResponse {
  @ApiProperty() id!: string;
  @ApiProperty({ type: 'integer' }) number!: number;
  @ApiProperty() username!: string;
  @ApiProperty() password!: string;
  @ApiProperty(orNull('string')) link!: string | null;
  @ApiProperty(orNull('string')) additionalInformation!: string | null;
  @ApiProperty({ type: 'integer' }) noteVersion!: number;
  @ApiProperty(time) submittedAt!: string;
  @ApiProperty(time) expiresAt!: string;
}

export class CredentialRequestResponse {
  @ApiProperty() id!: string;
  @ApiProperty() requestedBy!: string;
  @ApiPropertyOptional() requestedByName?: string;
  @ApiProperty(orNull('string')) message!: string | null;
  @ApiProperty(time) createdAt!: string;
  @ApiProperty(timeOrNull) fulfilledAt!: string | null;
}

export class AccessLogEntryResponse {
  @ApiProperty({ type: 'integer' }) seq!: number;
  @ApiProperty(time) at!: string;
  @ApiProperty(orNull('string')) actorId!: string | null;
  @ApiPropertyOptional() actorName?: string;
  @ApiProperty() actorRole!: string;
  @ApiProperty({
    description:
      '`submit` `reveal` `edit` `delete` `request` `withdraw-request`; `destroy`: a credential ' +
      'is gone; ' +
      '`assign` `unassign`: who may act on the ticket changed, `reason` is the new assignee',
  })
  action!: string;
  @ApiProperty(orNull('string')) credentialId!: string | null;
  @ApiProperty({ enum: ['done', 'refused', 'failed'] }) outcome!: 'done' | 'refused' | 'failed';
  @ApiProperty(orNull('string')) reason!: string | null;
  @ApiProperty({
    ...orNull('string'),
    description: 'The request; of `assign` and `unassign` the event',
  })
  requestId!: string | null;
  @ApiPropertyOptional({ description: 'The network address; for admins only', ...orNull('string') })
  address?: string | null;
}

export class DestructionReceiptResponse {
  @ApiProperty() id!: string;
  @ApiProperty(time) destroyedAt!: string;
  @ApiProperty({ enum: destructionReasons }) reason!: DestructionReason;
  @ApiProperty({ type: [String] }) credentialIds!: readonly string[];
  @ApiProperty({
    ...orNull('string'),
    description: 'The signed receipt (JWS); null until signed, moments later',
  })
  jws!: string | null;
}
