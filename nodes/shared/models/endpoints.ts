/** An endpoint of the API and how to tell the models that it serves. */
export interface Endpoint {
	method: 'POST' | 'GET';
	/** Path below the credential's host, version included. */
	path: string;
	/**
	 * What the catalog may call it, in lower case with hyphens between the words: as a model's type,
	 * today's or of before August 2026, as the path it is called under, or as a tag. The
	 * documentation shows the types for chat, images and videos only. Absent where no model is chosen.
	 */
	aliases?: RegExp;
	/** Whether a model is one of its kind by what goes in and what comes out. */
	matchesModalities?(modalities: Modalities): boolean;
	/** Whose models may do as well, as long as the catalog names none for this endpoint. */
	modelsLike?: Endpoint;
}

/** What a model takes and makes: `text`, `image`, `audio`, `video`, `file`, `embedding`, … */
export interface Modalities {
	input: string[];
	output: string[];
}

export const CHAT_COMPLETIONS: Endpoint = {
	method: 'POST',
	path: '/v1/chat/completions',
	aliases: /\bchat-completions?\b|^chat$|\btext-generations?\b/,
	matchesModalities: ({ input, output }) => input.includes('text') && output.includes('text'),
};

export const RESPONSES: Endpoint = {
	method: 'POST',
	path: '/v1/responses',
	aliases: /\bresponses\b|\bresponse-api\b/,
	modelsLike: CHAT_COMPLETIONS,
};

export const IMAGE_GENERATIONS: Endpoint = {
	method: 'POST',
	path: '/v1/images/generations',
	aliases: /\bimages?-generations?\b|\bto-image\b|^images?$|\b3d\b|\bmesh(es)?\b/,
	matchesModalities: ({ output }) => output.some((kind) => /image|3d|mesh/.test(kind)),
};

export const IMAGE_EDITS: Endpoint = {
	method: 'POST',
	path: '/v1/images/edits',
	aliases: /\bimages?-edit(s|ing)?\b/,
	modelsLike: IMAGE_GENERATIONS,
};

export const VIDEO_GENERATIONS: Endpoint = {
	method: 'POST',
	path: '/v2/video/generations',
	aliases: /\bvideos?-generations?\b|\bgenerate-videos?\b|\bto-video\b|^videos?$/,
	matchesModalities: ({ output }) => output.includes('video'),
};

export const MUSIC_GENERATIONS: Endpoint = {
	method: 'POST',
	path: '/v2/generate/audio',
	aliases:
		/\b(audio|music)-generations?\b|\bgenerate-(audio|music)\b|\bto-(audio|music)\b|^audio$|^music$/,
	matchesModalities: ({ output }) => output.some((kind) => /audio|music/.test(kind)),
};

export const SPEECH: Endpoint = {
	method: 'POST',
	path: '/v1/tts',
	aliases:
		/\btts\b|\btext-to-speech\b|\baudio-speech\b|\bspeech-(generations?|synthesis)\b|^speech$/,
	matchesModalities: ({ input, output }) =>
		input.includes('text') && output.some((kind) => /audio|speech/.test(kind)),
};

export const TRANSCRIPTIONS: Endpoint = {
	method: 'POST',
	path: '/v1/stt/create',
	aliases: /\bstt\b|\bspeech-to-text\b|\btranscri(be|ptions?)\b|\basr\b|\bspeech-recognition\b/,
	matchesModalities: ({ input, output }) =>
		input.includes('audio') && !input.includes('text') && output.includes('text'),
};

export const DOCUMENTS: Endpoint = {
	method: 'POST',
	path: '/v1/ocr',
	aliases: /\bocr\b|\bdocument-(ai|parsing|understanding)\b|^documents?$/,
	matchesModalities: ({ input, output }) =>
		input.some((kind) => /file|document|pdf/.test(kind)) &&
		!input.includes('text') &&
		output.includes('text'),
};

export const EMBEDDINGS: Endpoint = {
	method: 'POST',
	path: '/v1/embeddings',
	aliases: /\bembeddings?\b/,
	matchesModalities: ({ output }) => output.some((kind) => /embedding|vector/.test(kind)),
};

export const MODELS: Endpoint = { method: 'GET', path: '/v1/models' };

/** One model; its id follows. Unlike the catalog it is not under a version. */
export const MODEL: Endpoint = { method: 'GET', path: '/model' };

export const BALANCE: Endpoint = { method: 'GET', path: '/v2/billing' };

export const USAGE: Endpoint = { method: 'GET', path: '/v2/usage' };

/**
 * Of the chat models only some are taken in batches; which ones, neither catalog nor schemas tell.
 */
export const BATCHES: Endpoint = {
	method: 'POST',
	path: '/v1/batches',
	modelsLike: CHAT_COMPLETIONS,
};

/** The id of the batch follows. */
export const BATCH_CANCEL: Endpoint = { method: 'POST', path: '/v1/batches/cancel' };

/** Every endpoint that is called with a model. */
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
 * Whether a name in the catalog or a path stands for an endpoint: `openai/chat-completions` and
 * `/v1/chat/completions` are spelled alike but for their beginnings.
 */
export function hasAlias({ aliases }: Endpoint, name: string): boolean {
	const words = name.toLowerCase().split(/[^a-z0-9]+/);
	return aliases?.test(words.filter(Boolean).join('-')) === true;
}
