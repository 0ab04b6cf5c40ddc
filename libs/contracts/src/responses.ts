import { type DestructionReason, destructionReasons } from './credential-events.js';
import { Described, DescribedOptional } from './described.js';
import { type TicketStatus, ticketStatuses } from './words.js';

/**
 * Bodies of the public API's answers. `nullable` is how OpenAPI 3.0 said it; the
 * gateway's document says it as 3.1 does.
 */
const orNull = (type: 'string' | 'integer') => ({ type, nullable: true });
const time = { type: 'string', format: 'date-time' } as const;
const timeOrNull = { ...orNull('string'), format: 'date-time' };

export class TicketResponse {
  @Described() id!: string;
  @Described() subject!: string;
  @Described(orNull('string')) description!: string | null;
  @Described({ enum: ticketStatuses }) status!: TicketStatus;
  @Described({ type: 'integer' }) version!: number;
  @Described(orNull('string')) requesterId!: string | null;
  @DescribedOptional() requesterName?: string;
  @Described(orNull('string')) assigneeId!: string | null;
  @DescribedOptional() assigneeName?: string;
  @Described() home!: string;
  @DescribedOptional({
    type: 'boolean',
    enum: [true],
    description: 'Its home said something of it that was not understood; nothing is revealed',
  })
  doubted?: true;
  @Described(time) createdAt!: string;
  @Described(time) updatedAt!: string;
}

export class ReplyResponse {
  @Described() id!: string;
  @Described() authorId!: string;
  @DescribedOptional() authorName?: string;
  @Described() body!: string;
  @Described(time) createdAt!: string;
}

export class CredentialSummaryResponse {
  @Described() id!: string;
  @Described({ type: 'integer', description: '1, 2, … within the ticket' }) number!: number;
  @Described() submittedBy!: string;
  @DescribedOptional() submittedByName?: string;
  @Described(time) submittedAt!: string;
  @Described(time) expiresAt!: string;
  @Described() hasLink!: boolean;
  @Described() hasAdditionalInformation!: boolean;
  @Described({ type: 'integer' }) reveals!: number;
  @Described(timeOrNull) lastRevealedAt!: string | null;
  @Described(orNull('string')) lastRevealedBy!: string | null;
  @DescribedOptional() lastRevealedByName?: string;
  @Described({ type: 'integer' }) noteVersion!: number;
}

export class RevealedCredentialResponse {
  @Described() id!: string;
  @Described({ type: 'integer' }) number!: number;
  @Described() username!: string;
  @Described() password!: string;
  @Described(orNull('string')) link!: string | null;
  @Described(orNull('string')) additionalInformation!: string | null;
  @Described({ type: 'integer' }) noteVersion!: number;
  @Described(time) submittedAt!: string;
  @Described(time) expiresAt!: string;
}

export class CredentialRequestResponse {
  @Described() id!: string;
  @Described() requestedBy!: string;
  @DescribedOptional() requestedByName?: string;
  @Described(orNull('string')) message!: string | null;
  @Described(time) createdAt!: string;
  @Described(timeOrNull) fulfilledAt!: string | null;
}

export class AccessLogEntryResponse {
  @Described({ type: 'integer' }) seq!: number;
  @Described(time) at!: string;
  @Described(orNull('string')) actorId!: string | null;
  @DescribedOptional() actorName?: string;
  @Described() actorRole!: string;
  @Described({
    description:
      '`submit` `reveal` `edit` `delete` `request` `withdraw-request`; `destroy`: a credential ' +
      'is gone; ' +
      '`assign` `unassign`: who may act on the ticket changed, `reason` is the new assignee',
  })
  action!: string;
  @Described(orNull('string')) credentialId!: string | null;
  @Described({ enum: ['done', 'refused', 'failed'] }) outcome!: 'done' | 'refused' | 'failed';
  @Described(orNull('string')) reason!: string | null;
  @Described({
    ...orNull('string'),
    description: 'The request; of `assign` and `unassign` the event',
  })
  requestId!: string | null;
  @DescribedOptional({ description: 'The network address; for admins only', ...orNull('string') })
  address?: string | null;
}

export class DestructionReceiptResponse {
  @Described() id!: string;
  @Described(time) destroyedAt!: string;
  @Described({ enum: destructionReasons }) reason!: DestructionReason;
  @Described({ type: [String] }) credentialIds!: readonly string[];
  @Described({
    ...orNull('string'),
    description: 'The signed receipt (JWS); null until signed, moments later',
  })
  jws!: string | null;
}
