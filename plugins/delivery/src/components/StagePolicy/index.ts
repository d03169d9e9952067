export {
  durationWords,
  promotionWords,
  verificationWords,
} from './stagePolicy';
