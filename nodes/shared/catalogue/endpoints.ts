/** An endpoint of the API and how the catalogue names the models that it serves. */
export interface Endpoint {
	method: 'POST';
	/** Path below the credential's host, version included. */
	path: string;
	/** Part of the `type` of the models served here, in the older catalogue and the current one. */
	type: string;
}

export const CHAT_COMPLETIONS: Endpoint = {
	method: 'POST',
	path: '/v1/chat/completions',
	type: 'chat-completion',
};
