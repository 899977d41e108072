/** An endpoint of the API and how the catalogue names the models that it serves. */
export interface Endpoint {
	method: 'POST' | 'GET';
	/** Path below the credential's host, version included. */
	path: string;
	/**
	 * The `type` of the models served here, in the older catalogue and in the current one; absent where
	 * no model is chosen.
	 */
	types?: RegExp;
}

export const CHAT_COMPLETIONS: Endpoint = {
	method: 'POST',
	path: '/v1/chat/completions',
	types: /chat-completion/,
};

export const IMAGE_GENERATIONS: Endpoint = {
	method: 'POST',
	path: '/v1/images/generations',
	types: /^image$|image-generations/,
};

export const VIDEO_GENERATIONS: Endpoint = {
	method: 'POST',
	path: '/v2/video/generations',
	types: /^video$|video-generations/,
};

export const EMBEDDINGS: Endpoint = {
	method: 'POST',
	path: '/v1/embeddings',
	types: /embedding/,
};

export const IMAGE_EDITS: Endpoint = {
	method: 'POST',
	path: '/v1/images/edits',
	types: /image-?edit/,
};

export const MUSIC_GENERATIONS: Endpoint = {
	method: 'POST',
	path: '/v2/generate/audio',
	types: /^(audio|music)$|(audio|music)-generation/,
};

export const SPEECH: Endpoint = {
	method: 'POST',
	path: '/v1/tts',
	types: /tts|text-to-speech|audio[/-]speech/,
};

export const TRANSCRIPTIONS: Endpoint = {
	method: 'POST',
	path: '/v1/stt/create',
	types: /stt|speech-to-text|transcription/,
};

export const DOCUMENTS: Endpoint = {
	method: 'POST',
	path: '/v1/ocr',
	types: /ocr/,
};

export const RESPONSES: Endpoint = {
	method: 'POST',
	path: '/v1/responses',
	types: /responses|response-api/,
};

export const MODELS: Endpoint = { method: 'GET', path: '/v1/models' };

/** One model; its id follows. Unlike the catalogue it is not under a version. */
export const MODEL: Endpoint = { method: 'GET', path: '/model' };

export const BALANCE: Endpoint = { method: 'GET', path: '/v2/billing' };

export const USAGE: Endpoint = { method: 'GET', path: '/v2/usage' };

/**
 * Of the chat models only some are taken in batches; which ones, neither catalogue nor schemas tell.
 */
export const BATCHES: Endpoint = {
	method: 'POST',
	path: '/v1/batches',
	types: CHAT_COMPLETIONS.types,
};

/** The id of the batch follows. */
export const BATCH_CANCEL: Endpoint = { method: 'POST', path: '/v1/batches/cancel' };
