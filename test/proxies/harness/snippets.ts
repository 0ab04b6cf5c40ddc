import { readFileSync } from 'node:fs';

/** What docs/proxies.md has people write for one proxy. */
export interface Snippets {
  /** The block in this language. */
  readonly block: (language: string) => string;
  /** What follows these words up to the end of the line, or of the code they stand in. */
  readonly after: (words: string) => string;
}

/** @param title of the section */
export function readSnippets(title: string): Snippets {
  const [, section] = readFileSync('docs/proxies.md', 'utf8').split(`\n## ${title}\n`);
  const [text = ''] = (section ?? '').split('\n## ');
  const find = (pattern: RegExp): string => {
    const [, found] = pattern.exec(text) ?? [];
    if (found === undefined) throw new Error(`docs/proxies.md, ${title}: no ${pattern}`);
    return found;
  };
  return {
    block: (language) => find(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's')),
    after: (words) => find(new RegExp(`${words}[ \`]+([^\`\\n]*)`)),
  };
}
