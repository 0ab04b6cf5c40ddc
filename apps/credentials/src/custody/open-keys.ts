import { type DataSource } from 'typeorm';
import { DirectoryKeyRing } from '#envelope';
import { KeyEncryptionKeys } from './key-encryption-keys.js';

/** The keys of this service, from the ring in `directory`. @throws KeyRingError when the ring cannot be trusted, or misses a key */
export const openKeys = async (dataSource: DataSource, directory: string): Promise<KeyEncryptionKeys> =>
  KeyEncryptionKeys.load(dataSource, await DirectoryKeyRing.open(directory));
