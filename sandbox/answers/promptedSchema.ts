import { tryParse } from '../json';
import type { Schema } from '../schema/openapi';
import type { Conversation } from './conversation';

const FENCED_BLOCK = /```(?:json)?\s*\n([\s\S]*?)\n\s*```/g;

/**
 * The JSON Schema in the prompt, as output parsers write it: in a code fence, after a mention of a JSON
 * Schema. The last one, if there are several.
 */
export function promptedSchema({ system, userText }: Conversation): Schema | undefined {
	const text = `${system}\n${userText}`;
	if (!/json schema/i.test(text)) return undefined;
	const blocks = [...text.matchAll(FENCED_BLOCK)].map(([, block]) => parseSchema(block));
	return blocks.filter((schema) => schema !== undefined).at(-1);
}

function parseSchema(text: string): Schema | undefined {
	const value = tryParse(text) as Schema | null | undefined;
	return value?.properties || value?.$ref ? value : undefined;
}

/** The user's text without format instructions. */
export const withoutInstructions = (text: string): string =>
	text.replace(FENCED_BLOCK, '').replace(/^.*json schema.*$/gim, '');
