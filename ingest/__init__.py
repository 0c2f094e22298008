"""From a publisher's file to a build of the atlas."""
