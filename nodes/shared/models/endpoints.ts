/** An endpoint of the API and how to recognize the models that it serves. */
export interface Endpoint {
	method: 'POST' | 'GET';
	/** Path on the credential's host, including the version. */
	path: string;
	/**
	 * Names that the catalog may use for it, in kebab case: as a model's type (today or before August
	 * 2026), as its path, or as a tag. The documentation shows types only for chat, images and videos.
	 * Absent for endpoints without a model.
	 */
	aliases?: RegExp;
	/** Whether a model's input and output modalities fit this endpoint. */
	matchesModalities?(modalities: Modalities): boolean;
	/** The endpoint whose models are listed if the catalog names none for this one. */
	modelsLike?: Endpoint;
	/** For texts: the type of its models, what they are and do, and the operation that calls it. */
	purpose?: { type: string; kind: string; does: string; operation: string };
	/** Which of `modelsLike` are known to work. */
	knownModels?: RegExp;
}

/** Input and output modalities of a model: `text`, `image`, `audio`, `video`, `file`, `embedding`, … */
export interface Modalities {
	input: string[];
	output: string[];
}

export const CHAT_COMPLETIONS: Endpoint = {
	method: 'POST',
	path: '/v1/chat/completions',
	purpose: {
		type: 'Chat',
		kind: 'a chat model',
		does: 'answers messages',
		operation: 'Message a Model',
	},
	aliases: /\bchat-completions?\b|^chat$|\btext-generations?\b/,
	matchesModalities: ({ input, output }) => input.includes('text') && output.includes('text'),
};

export const RESPONSES: Endpoint = {
	method: 'POST',
	path: '/v1/responses',
	purpose: {
		type: 'Chat (Responses API)',
		kind: 'a model of the Responses API',
		does: 'answers messages through the Responses API',
		operation: 'Message a Model (Responses API)',
	},
	aliases: /\bresponses\b|\bresponse-api\b/,
	modelsLike: CHAT_COMPLETIONS,
};

export const IMAGE_GENERATIONS: Endpoint = {
	method: 'POST',
	path: '/v1/images/generations',
	purpose: {
		type: 'Image',
		kind: 'a model that generates images',
		does: 'generates images',
		operation: 'Generate an Image',
	},
	aliases: /\bimages?-generations?\b|\bto-image\b|^images?$|\b3d\b|\bmesh(es)?\b/,
	matchesModalities: ({ output }) => output.some((kind) => /image|3d|mesh/.test(kind)),
};

export const IMAGE_EDITS: Endpoint = {
	method: 'POST',
	path: '/v1/images/edits',
	purpose: {
		type: 'Image Editing',
		kind: 'a model that edits images',
		does: 'edits images',
		operation: 'Edit an Image',
	},
	aliases: /\bimages?-edit(s|ing)?\b/,
	modelsLike: IMAGE_GENERATIONS,
};

export const VIDEO_GENERATIONS: Endpoint = {
	method: 'POST',
	path: '/v2/video/generations',
	purpose: {
		type: 'Video',
		kind: 'a model that generates videos',
		does: 'generates videos',
		operation: 'Generate a Video',
	},
	aliases: /\bvideos?-generations?\b|\bgenerate-videos?\b|\bto-video\b|^videos?$/,
	matchesModalities: ({ output }) => output.includes('video'),
};

export const MUSIC_GENERATIONS: Endpoint = {
	method: 'POST',
	path: '/v2/generate/audio',
	purpose: {
		type: 'Music',
		kind: 'a model that generates music',
		does: 'generates music',
		operation: 'Generate Music',
	},
	aliases:
		/\b(audio|music)-generations?\b|\bgenerate-(audio|music)\b|\bto-(audio|music)\b|^audio$|^music$/,
	matchesModalities: ({ output }) => output.some((kind) => /audio|music/.test(kind)),
};

export const SPEECH: Endpoint = {
	method: 'POST',
	path: '/v1/tts',
	purpose: {
		type: 'Speech',
		kind: 'a text-to-speech model',
		does: 'converts text to speech',
		operation: 'Generate Speech',
	},
	aliases:
		/\btts\b|\btext-to-speech\b|\baudio-speech\b|\bspeech-(generations?|synthesis)\b|^speech$/,
	matchesModalities: ({ input, output }) =>
		input.includes('text') && output.some((kind) => /audio|speech/.test(kind)),
};

export const TRANSCRIPTIONS: Endpoint = {
	method: 'POST',
	path: '/v1/stt/create',
	purpose: {
		type: 'Transcription',
		kind: 'a speech-to-text model',
		does: 'transcribes audio',
		operation: 'Transcribe a Recording',
	},
	aliases: /\bstt\b|\bspeech-to-text\b|\btranscri(be|ptions?)\b|\basr\b|\bspeech-recognition\b/,
	matchesModalities: ({ input, output }) =>
		input.includes('audio') && !input.includes('text') && output.includes('text'),
};

export const DOCUMENTS: Endpoint = {
	method: 'POST',
	path: '/v1/ocr',
	purpose: {
		type: 'Document',
		kind: 'a model that reads documents',
		does: 'reads documents',
		operation: 'Extract Text',
	},
	aliases: /\bocr\b|\bdocument-(ai|parsing|understanding)\b|^documents?$/,
	matchesModalities: ({ input, output }) =>
		input.some((kind) => /file|document|pdf/.test(kind)) &&
		!input.includes('text') &&
		output.includes('text'),
};

export const EMBEDDINGS: Endpoint = {
	method: 'POST',
	path: '/v1/embeddings',
	purpose: {
		type: 'Embedding',
		kind: 'an embedding model',
		does: 'creates embeddings',
		operation: 'Create Embeddings',
	},
	aliases: /\bembeddings?\b/,
	matchesModalities: ({ output }) => output.some((kind) => /embedding|vector/.test(kind)),
};

export const MODELS: Endpoint = { method: 'GET', path: '/v1/models' };

/** One model; its id follows. Unlike the catalog, this path has no version. */
export const MODEL: Endpoint = { method: 'GET', path: '/model' };

export const BALANCE: Endpoint = { method: 'GET', path: '/v2/billing' };

export const USAGE: Endpoint = { method: 'GET', path: '/v2/usage' };

export const USAGE_DETAIL: Endpoint = { method: 'GET', path: '/v2/usage/detail' };

export const LOGS: Endpoint = { method: 'GET', path: '/v2/logs' };

export const TRANSACTIONS: Endpoint = { method: 'GET', path: '/v2/billing/transactions' };

export const KEY: Endpoint = { method: 'GET', path: '/v1/key' };

/** The current response times of models. Unlike the catalog, this path has no version. */
export const METRICS: Endpoint = { method: 'GET', path: '/models/metrics' };

/**
 * Only some chat models can be used in batches. Neither the catalog nor the schemas say which; the
 * API's documentation names Claude.
 */
export const BATCHES: Endpoint = {
	method: 'POST',
	path: '/v1/batches',
	modelsLike: CHAT_COMPLETIONS,
	knownModels: /\bclaude\b/i,
};

/** The id of the batch follows. */
export const BATCH_CANCEL: Endpoint = { method: 'POST', path: '/v1/batches/cancel' };

/** All endpoints that are called with a model. */
export const ENDPOINTS: readonly Endpoint[] = [
	CHAT_COMPLETIONS,
	RESPONSES,
	IMAGE_GENERATIONS,
	IMAGE_EDITS,
	VIDEO_GENERATIONS,
	MUSIC_GENERATIONS,
	SPEECH,
	TRANSCRIPTIONS,
	DOCUMENTS,
	EMBEDDINGS,
];

/**
 * The endpoints that catalog names or paths refer to: `openai/chat-completions` and
 * `/v1/chat/completions` differ only in their prefixes.
 */
export function endpointsNamed(names: string[]): Endpoint[] {
	const slugs = names.map(
		(name) =>
			name
				.toLowerCase()
				.match(/[a-z0-9]+/g)
				?.join('-') ?? '',
	);
	return ENDPOINTS.filter(({ aliases }) => aliases && slugs.some((slug) => aliases.test(slug)));
}
