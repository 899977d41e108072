import type { Model } from '../models/model';

/**
 * Whether a model calls tools, by `capabilities` of the catalogue (`tools`) or, until August 2026, by
 * its `features` (`openai/chat-completion.function`).
 *
 * @returns `undefined` where the catalogue says nothing of what the model can do
 */
export function takesTools({ capabilities }: Model): boolean | undefined {
	if (!capabilities.length) return undefined;
	return capabilities.some((name) => name === 'tools' || name.endsWith('.function'));
}
