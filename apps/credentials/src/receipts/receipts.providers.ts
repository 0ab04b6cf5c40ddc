import { type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { given, provide } from '#backing-services';
import { UnitOfWork } from '#postgres';
import { SigningKeyDirectory } from '#signing';
import { type CredentialsConfig } from '../config.js';
import { ReceiptSigner } from './receipt-signer.js';
import { SigningKeys } from './signing-keys.js';

/** The keys that sign evidence for a third party, and the signer of receipts. */
export const receipts = ({ signingKeysDir, keyEpochHours }: CredentialsConfig): Provider[] => [
  {
    provide: SigningKeys,
    useFactory: (dataSource: DataSource) =>
      new SigningKeys(dataSource, new SigningKeyDirectory(signingKeysDir)),
    inject: [DataSource],
  },
  provide(ReceiptSigner, [UnitOfWork, SigningKeys, given(keyEpochHours)]),
];
