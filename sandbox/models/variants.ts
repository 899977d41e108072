/*
 * The documented ways in which models deviate from the usual form of a response, by name. What each
 * one does is in `answers/*Variants.ts`; `documents/index.json` says which model has which.
 */

export type ChatVariantName =
	| 'reasoning-content'
	| 'reasoning'
	| 'needs-reasoning'
	| 'think-tags'
	| 'content-parts'
	| 'no-system'
	| 'text-with-calls'
	| 'numbered-calls'
	| 'no-arguments'
	| 'broken-arguments'
	| 'calls-without-index'
	| 'calls-of-one-index'
	| 'citations'
	| 'content-filter'
	| 'image-answer'
	| 'fenced-json'
	| 'broken-json-once';

export type ResponseVariantName = 'response-refusal' | 'response-parts';

export type ImageVariantName =
	| 'image-base64'
	| 'image-url-and-base64'
	| 'image-list'
	| 'image-twice'
	| 'image-mime-type'
	| 'image-nulls'
	| 'image-none'
	| 'image-created-ms'
	| 'image-tokens-used'
	| 'image-top-usage'
	| 'image-octet-stream'
	| 'image-one-fetch'
	| 'image-expiring'
	| 'image-moved'
	| 'image-large'
	| 'mesh'
	| 'mesh-parts';

export type JobVariantName =
	| 'video-generation-id'
	| 'video-waiting'
	| 'video-at-once'
	| 'video-cost-first'
	| 'video-error'
	| 'video-error-text'
	| 'video-error-null'
	| 'video-unknown-status';

export type VideoVariantName =
	| 'video-described'
	| 'video-address-list'
	| 'video-list'
	| 'video-null';

export type SpeechVariantName = 'tts-address' | 'tts-bytes' | 'tts-octet-stream';

export type TranscriptionVariantName = 'stt-output' | 'stt-inner-error';

export type VariantName =
	| ChatVariantName
	| ResponseVariantName
	| ImageVariantName
	| JobVariantName
	| VideoVariantName
	| SpeechVariantName
	| TranscriptionVariantName;
