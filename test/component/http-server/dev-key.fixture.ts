import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The key that the service under test believes; it made it at its start. */
export const loadedDevKey = (file: string): KeyObject => createPrivateKey(readFileSync(file));
