import { KeyRingError } from './key-ring.js';

/** What may be wrong with a key file, and what to do about it. */
export const exposedKey = (file: string): KeyRingError =>
  new KeyRingError('exposed-key', `Other users may reach the key file ${file}. Run chmod 600 on it, and rotate: it may have been read.`);

export const wrongOwner = (path: string): KeyRingError =>
  new KeyRingError('wrong-owner', `${path} belongs to another user. Run chown on it for the user that runs this service, and rotate.`);

export const notAKeyFile = (file: string): KeyRingError =>
  new KeyRingError(
    'not-a-key-file',
    `${file} is a link or no regular file. Put the key file itself in its place, or move it out of the ring.`,
  );

/** @param length bytes that it should have */
export const wrongLength = (file: string, length: number): KeyRingError =>
  new KeyRingError('wrong-length', `${file} does not have the ${length} bytes of a key file. It is damaged: move it out of the ring.`);

export const wrongVersion = (file: string): KeyRingError =>
  new KeyRingError('wrong-version', `${file} is of a version this release does not know. Start the release that wrote it.`);

export const damaged = (file: string): KeyRingError =>
  new KeyRingError(
    'damaged-key',
    `${file} is damaged, or the file of another key under this name. Put the right file in its place, or move it out.`,
  );
