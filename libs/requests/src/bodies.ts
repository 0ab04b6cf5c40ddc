import { characters, isStatus, type TicketStatus, ticketStatuses } from '#contracts';
import { CheckedField, PersonField, SecretField, TextField } from './fields.js';
import { linkFault } from './link.js';

/**
 * Bodies of the public API. Limits: docs/contract.md, "Limits". A property that is not
 * named here is refused, and an empty optional text is none.
 */
export class CreateTicketRequest {
  @TextField(1, 200, {
    description: 'What it is about, in a line',
    example: 'Cannot log in to the staging shop',
  })
  subject!: string;

  @TextField(0, 10_000, {
    optional: true,
    description: 'The whole story',
    example: 'Since this morning, every login ends in an error.',
  })
  description?: string | null;

  @PersonField({
    optional: true,
    description: 'For whom an agent opens it; a customer opens tickets for themself',
    example: 'customer-1',
  })
  requesterId?: string | null;
}

/** A status, or nothing; not null. */
export const StatusField = (facts: {
  readonly description: string;
  readonly example?: TicketStatus;
}): PropertyDecorator =>
  CheckedField(
    'status',
    { enum: ticketStatuses, required: false },
    (value) =>
      value === undefined || isStatus(value)
        ? undefined
        : `must be one of ${ticketStatuses.join(', ')}`,
    facts,
  );

export class UpdateTicketRequest {
  @StatusField({
    description: 'The new status; the same again changes nothing',
    example: 'resolved',
  })
  status?: TicketStatus;

  @PersonField({
    optional: true,
    description: 'Who works on it; null or empty unassigns',
    example: 'agent-1',
  })
  assigneeId?: string | null;
}

export class CreateReplyRequest {
  @TextField(1, 10_000, { description: 'What to say', example: 'Thank you, I am looking into it.' })
  body!: string;
}

/** The shortest lifetime of a credential, in seconds. */
const minExpiresIn = 300;

export class SubmitCredentialRequest {
  @SecretField(1, 512, { description: 'Kept exactly as sent; written once', example: 'shop-admin' })
  username!: string;

  @SecretField(1, 4096, {
    description: 'Kept exactly as sent; written once',
    example: 'a temporary password',
  })
  password!: string;

  @CheckedField('link', { type: 'string', nullable: true, maxLength: 2048 }, linkFault, {
    optional: true,
    description:
      'Where to use it: http or https, without user-info and invisible characters. Never ' +
      'fetched; written once',
    example: 'https://shop.example/admin',
  })
  link?: string | null;

  @SecretField(0, 8192, {
    optional: true,
    description: 'Anything else; agents may edit it',
    example: 'Second factor is switched off until Friday',
  })
  additionalInformation?: string | null;

  @CheckedField(
    'integer',
    { type: 'integer', minimum: minExpiresIn, required: false },
    (value) =>
      value === undefined || isLifetime(value)
        ? undefined
        : `must be a whole number of seconds, ${minExpiresIn} or more`,
    {
      description:
        `Seconds until it is destroyed by itself, from ${minExpiresIn}; ` +
        'at most, and if left out, CREDENTIAL_TTL_DAYS',
      example: 86_400,
    },
  )
  expiresIn?: number;
}

const isLifetime = (value: unknown) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= minExpiresIn;

export class RevealRequest {
  @TextField(0, 500, {
    optional: true,
    description:
      'Why it is needed; stands in the access log. With REVEAL_REASON=required it may not be ' +
      'left out',
    example: 'To reproduce the error',
  })
  reason?: string | null;
}

export class EditNoteRequest {
  @CheckedField(
    'text',
    { type: 'string', nullable: true, maxLength: 8192 },
    (value) =>
      value === null || (typeof value === 'string' && characters(value) <= 8192)
        ? undefined
        : 'must be null or a string of at most 8192 characters',
    {
      description: 'The new note; null or empty clears it',
      example: 'Ask for the second factor by phone',
    },
  )
  additionalInformation!: string | null;
}

export class RequestCredentialsRequest {
  @TextField(0, 1000, {
    optional: true,
    description: 'What is asked for',
    example: 'Please share access to the staging shop',
  })
  message?: string | null;
}
