import { type Exposure, type PrivateFileError } from '#private-files';
import { KeyRingError } from './key-ring.js';

const exposedKey = (file: string): KeyRingError =>
  new KeyRingError(
    'exposed-key',
    `Other users may reach the key file ${file}. ` +
      'Run chmod 600 on it, and rotate: it may have been read.',
  );

export const wrongOwner = (path: string): KeyRingError =>
  new KeyRingError(
    'wrong-owner',
    `${path} belongs to another user. ` +
      'Run chown on it for the user that runs this service, and rotate.',
  );

const notAKeyFile = (file: string): KeyRingError =>
  new KeyRingError(
    'not-a-key-file',
    `${file} is a link or no regular file. ` +
      'Put the key file itself in its place, or move it out of the ring.',
  );

const faults: Readonly<Record<Exposure, (file: string) => KeyRingError>> = {
  'not-a-file': notAKeyFile,
  'wrong-owner': wrongOwner,
  'open-to-others': exposedKey,
};

/** What is wrong with a file of the ring, whatever is in it, and what to do about it. */
export const keyFileFault = ({ path, exposure }: PrivateFileError): KeyRingError =>
  faults[exposure](path);
