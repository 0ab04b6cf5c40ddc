import { type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '#postgres';
import { SigningKeyDirectory } from '#signing';
import { Checkpoints } from './audit/checkpoints.js';
import { type CredentialsConfig } from './config.js';
import { ReceiptSigner } from './receipts/receipt-signer.js';
import { SigningKeys } from './receipts/signing-keys.js';

/**
 * Evidence for a third party: signed receipts of destructions, signed
 * checkpoints of the access log.
 */
export const proof = ({
  signingKeysDir,
  keyEpochHours,
  checkpoints,
}: CredentialsConfig): Provider[] => [
  {
    provide: SigningKeys,
    useFactory: (dataSource: DataSource) =>
      new SigningKeys(dataSource, new SigningKeyDirectory(signingKeysDir)),
    inject: [DataSource],
  },
  {
    provide: ReceiptSigner,
    useFactory: (unitOfWork: UnitOfWork, keys: SigningKeys) =>
      new ReceiptSigner(unitOfWork, keys, keyEpochHours),
    inject: [UnitOfWork, SigningKeys],
  },
  {
    provide: Checkpoints,
    useFactory: (unitOfWork: UnitOfWork, keys: SigningKeys) =>
      new Checkpoints(unitOfWork, keys, checkpoints),
    inject: [UnitOfWork, SigningKeys],
  },
];
