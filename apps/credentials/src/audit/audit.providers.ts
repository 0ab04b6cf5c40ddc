import { type Provider } from '@nestjs/common';
import { given, provide } from '#backing-services';
import { UnitOfWork } from '#postgres';
import { type CredentialsConfig } from '../config.js';
import { SigningKeys } from '../receipts/signing-keys.js';
import { AttemptLog } from './attempts.js';
import { Checkpoints } from './checkpoints.js';

/** The log of failed attempts, and the signed checkpoints of the access log. */
export const audit = ({ checkpoints }: CredentialsConfig): Provider[] => [
  provide(AttemptLog, [UnitOfWork]),
  provide(Checkpoints, [UnitOfWork, SigningKeys, given(checkpoints)]),
];
