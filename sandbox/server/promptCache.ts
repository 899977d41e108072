import { textOf, type Message } from '../answers/conversation';
import { tokensIn } from '../answers/tokens';

type Body = Record<string, unknown>;

/** Tokens of a prompt that were in the cache, and those that went into it. */
export interface CachedTokens {
	read: number;
	written: number;
}

/** Prompts up to their breakpoints, by their bytes. A breakpoint itself is no part of them. */
export class PromptCache {
	private readonly kept = new Set<string>();

	/** Looks a chat request up, and keeps it up to each `cache_control` in it. */
	use(body: Body): CachedTokens {
		let prefix = String(body.model);
		let length = 0;
		let read = 0;
		let written = 0;
		const added: string[] = [];
		for (const block of blocksOf(body)) {
			prefix += JSON.stringify(block, (name, value: unknown) =>
				name === 'cache_control' ? undefined : value,
			);
			length += lengthOf(block);
			if (this.kept.has(prefix)) read = tokensIn(length);
			if (!JSON.stringify(block).includes('"cache_control"')) continue;
			added.push(prefix);
			written = tokensIn(length);
		}
		for (const one of added) this.kept.add(one);
		return { read, written: Math.max(0, written - read) };
	}
}

/** What a provider reads, in its order. */
const blocksOf = ({ tools, system, messages }: Body): unknown[] =>
	[tools, system, ...(messages as unknown[])].filter((block) => block !== undefined);

function lengthOf(block: unknown): number {
	if (typeof block === 'string') return block.length;
	if (Array.isArray(block)) return textOf({ role: 'system', content: block }).length;
	return textOf(block as Message).length;
}
