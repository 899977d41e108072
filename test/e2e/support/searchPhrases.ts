/** Searches for this package by name: it must be the first result. */
export const OUR_NAMES = ['AI/ML API', 'AI/ML', 'aimlapi', 'aiml', 'aiml api'];

/** Searches for a task or a well-known model. */
export const TASKS = [
	...['summarize', 'translate', 'classify', 'chat', 'llm'],
	...['generate image', 'image', 'flux', '3d', 'generate video', 'video'],
	...['text to speech', 'tts', 'speech to text', 'transcribe', 'whisper', 'music'],
	...['ocr', 'extract text', 'pdf', 'embedding'],
	...['gpt', 'chatgpt', 'claude', 'gemini', 'deepseek', 'grok'],
];

/** Such searches in other words. */
export const MORE_TASKS = [
	...['summarization', 'translation', 'classification', 'sentiment', 'rewrite', 'generate text'],
	...['ask ai', 'prompt', 'reasoning', 'structured output', 'extract data', 'web search'],
	...['answer questions', 'chatbot', 'image to text'],
	...['image generation', 'create image', 'edit image', 'text to image', 'describe image'],
	...['analyze image', 'animate image', 'upscale image', 'background removal', 'product photo'],
	...['text to video', 'video generation', 'avatar', 'voiceover', 'podcast', 'speech', 'audio'],
	...['transcription', 'speech recognition', 'subtitles', 'generate music', 'song'],
	...['invoice', 'document', 'batch', 'vision', 'mistral', 'qwen', 'perplexity'],
	...['sora', 'veo', 'kling', 'suno', 'elevenlabs', 'midjourney', 'stable diffusion', 'dall-e'],
];

/** Searches for other nodes by name, with the node that must remain the first result. */
export const OTHER_NODES: Array<[query: string, displayName: string]> = [
	['http', 'HTTP Request'],
	['code', 'Code'],
	['merge', 'Merge'],
	['filter', 'Filter'],
	['webhook', 'Webhook'],
	['slack', 'Slack'],
	['gmail', 'Gmail'],
	['google sheets', 'Google Sheets'],
	['extract from file', 'Extract from File'],
	['deepl', 'DeepL'],
	['openai', 'OpenAI'],
	['ai agent', 'AI Agent'],
];
