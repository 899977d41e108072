/** A line of a streamed response of n8n's chat or a webhook. */
export interface ChatChunk {
	/** `begin`, `item` (a piece of the answer), `error` or `end`. */
	type: string;
	content?: string;
}

class ChatError extends Error {
	constructor(
		readonly status: number,
		body: string,
	) {
		super(`n8n answers ${status}: ${body}`);
	}
}

/**
 * Sends a message to the public chat of a workflow and reads the streamed response. Messages with the
 * same session ID belong to one conversation.
 *
 * @throws ChatError on an HTTP error, e.g. 404 if the workflow is not active
 */
export async function* readChat(
	server: string,
	webhookId: string,
	chatInput: string,
	sessionId = chatInput,
): AsyncGenerator<ChatChunk> {
	const message = { action: 'sendMessage', sessionId, chatInput };
	yield* readStreamedResponse(`${server}/webhook/${webhookId}/chat`, message);
}

/**
 * Calls a webhook and reads its streamed response line by line.
 *
 * @throws ChatError on an HTTP error
 */
export async function* readStreamedResponse(url: string, body: object): AsyncGenerator<ChatChunk> {
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!answer.ok) throw new ChatError(answer.status, await answer.text());
	let rest = '';
	const decoder = new TextDecoder();
	for await (const bytes of answer.body as unknown as AsyncIterable<Uint8Array>) {
		const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines.filter(Boolean)) yield JSON.parse(line) as ChatChunk;
	}
	if (rest) yield JSON.parse(rest) as ChatChunk;
}

/** Ignores the 404 that n8n answers until it has registered a webhook. @throws any other error */
export function ignoreUnregistered(error: Error): undefined {
	if (!(error instanceof ChatError && error.status === 404)) throw error;
}
