import type { IExecuteFunctions, IExecutePaginationFunctions } from 'n8n-workflow';
import { maskSecrets } from '../../shared/maskSecrets';

/** n8n's types hide these from a declarative node, but its context has them since n8n 1.103. */
type StreamingContext = Partial<Pick<IExecuteFunctions, 'isStreaming' | 'sendChunk'>>;

/** Streams an item's text to n8n's chat, or to the caller of a webhook, while the node runs. */
export interface ResponseStream {
	/** Whether text was sent, so that it can't be replaced anymore. */
	readonly hasBegun: boolean;
	/** Sends a piece of text; ignores an empty one. */
	write(text: string): Promise<void>;
	/** Marks the item's text as complete. */
	end(): Promise<void>;
	/** Marks the item's text as broken off. */
	fail(reason: string): Promise<void>;
}

/**
 * @param secrets what errors must not repeat
 * @returns `undefined` if n8n doesn't stream the execution
 */
export function openResponseStream(
	engine: IExecutePaginationFunctions,
	secrets: readonly string[] = [],
): ResponseStream | undefined {
	const context = engine as StreamingContext;
	if (context.isStreaming?.() !== true) return undefined;
	let hasBegun = false;
	const send = async (type: 'begin' | 'item' | 'end' | 'error', content?: string) =>
		await context.sendChunk?.(type, engine.getItemIndex(), content);
	return {
		get hasBegun() {
			return hasBegun;
		},
		async write(text) {
			if (text === '') return;
			if (!hasBegun) await send('begin');
			hasBegun = true;
			await send('item', text);
		},
		async end() {
			if (hasBegun) await send('end');
		},
		async fail(reason) {
			// If the error stops the workflow, n8n itself sends it.
			if (hasBegun && engine.continueOnFail()) await send('error', maskSecrets(reason, secrets));
		},
	};
}
