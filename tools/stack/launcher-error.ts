/**
 * An error that the user can remedy: its message is shown alone, without a stack trace.
 */
export class LauncherError extends Error {
  override readonly name = 'LauncherError';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full',
  EDQUOT: 'The disk quota is used up',
  EACCES: 'Not permitted (files of another user, from a start as root perhaps?)',
  EPERM: 'Not permitted (files of another user, from a start as root perhaps?)',
  EROFS: 'The file system is read-only',
  EMFILE: 'Too many open files (ulimit -n)',
};

/**
 * What to show for an error: the message of a LauncherError or a known cause; of anything
 * else, which is a bug of ours, the stack trace too.
 */
export function explain(error: unknown): string {
  if (error instanceof LauncherError) return error.message;
  const { code = '', message } = error as NodeJS.ErrnoException;
  const remedy = remedies[code];
  if (remedy !== undefined) return `${remedy}: ${message}`;
  return error instanceof Error ? (error.stack ?? message) : String(error);
}
