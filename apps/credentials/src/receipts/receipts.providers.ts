import { type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { given, provide } from '#backing-services';
import { UnitOfWork } from '#postgres';
import { SigningKeyDirectory } from '#signing';
import { Checkpoints } from '../audit/checkpoints.js';
import { type CredentialsConfig } from '../config.js';
import { ReceiptSigner } from './receipt-signer.js';
import { SigningKeys } from './signing-keys.js';

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
  provide(ReceiptSigner, [UnitOfWork, SigningKeys, given(keyEpochHours)]),
  provide(Checkpoints, [UnitOfWork, SigningKeys, given(checkpoints)]),
];
