import { elementTexts as english, type ElementTexts } from './en/element.js';

export type { ElementTexts };

/**
 * @param own texts of another language or of the host page, section by section; what
 *   they leave out is English
 */
export function textsWith(own: object = {}): ElementTexts {
  const sections = Object.entries(own as Record<string, unknown>).map(([name, section]) => {
    const ours: unknown = (english as Record<string, unknown>)[name];
    return [name, isSection(ours) && isSection(section) ? { ...ours, ...section } : section];
  });
  return { ...english, ...(Object.fromEntries(sections) as Partial<ElementTexts>) };
}

const isSection = (value: unknown): value is object => typeof value === 'object' && value !== null;
