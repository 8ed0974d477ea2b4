# Debian packages, by CPack; script/package makes them. One component is one package; the
# install() commands of the folders say what belongs to which.
#
#   wiredeskd        the daemon, its units and settings
#   wiredesk         the command line
#   libwiredesk0     the library, libwiredesk-dev what one needs to build with it
#   wiredesk-data    gazetteer and model, which all of them read
set(deb ${PROJECT_SOURCE_DIR}/deploy/deb)
set(packages wiredeskd wiredesk libwiredesk0 libwiredesk-dev wiredesk-data)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME wiredesk)
set(CPACK_PACKAGE_VENDOR "the wiredesk developers")
set(CPACK_PACKAGE_CONTACT "the wiredesk developers <maintainers@wiredesk.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL ${packages})
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_PRE_BUILD_SCRIPTS ${deb}/finish.cmake)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

function(wd_package name section summary description)
  string(TOUPPER ${name} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${name} PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${section} PARENT_SCOPE)
  set(CPACK_COMPONENT_${upper}_DESCRIPTION "${summary}\n${description}" PARENT_SCOPE)
endfunction()

set(exact "(= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})")

wd_package(wiredeskd net "enriches news articles between Kafka topics"
"wiredeskd reads raw news articles from an Apache Kafka topic and publishes
each one as enriched JSON: clean text, sentences and words, the people,
organisations, places and events it names, whether it repeats an article
already seen, and which story it belongs to. Every article comes out exactly
once. There is no database.")
set(CPACK_DEBIAN_WIREDESKD_PACKAGE_DEPENDS "wiredesk-data ${exact}")
set(CPACK_DEBIAN_WIREDESKD_PACKAGE_RECOMMENDS "wiredesk ${exact}, systemd")
set(CPACK_DEBIAN_WIREDESKD_PACKAGE_CONTROL_EXTRA
    ${deb}/conffiles ${deb}/postinst ${deb}/prerm ${deb}/postrm)

wd_package(wiredesk utils "enriches, shows, compares and replays news articles"
"The command-line companion of wiredeskd. It enriches files without a broker,
sends articles into a Kafka topic, shows what comes out with its names in
colour, and says why two articles are, or are not, duplicates.")
set(CPACK_DEBIAN_WIREDESK_PACKAGE_DEPENDS "wiredesk-data ${exact}")
set(CPACK_DEBIAN_WIREDESK_PACKAGE_SUGGESTS "wiredeskd ${exact}")

wd_package(libwiredesk0 libs "text processing for news articles"
"A library that turns the bytes of a news article into facts: decoded and
cleaned text, sentences, words, names, duplicates, stories, and their JSON.
No Kafka, no threads of its own, no global state.")
set(CPACK_DEBIAN_LIBWIREDESK0_PACKAGE_DEPENDS "wiredesk-data ${exact}")
set(CPACK_DEBIAN_LIBWIREDESK0_PACKAGE_CONTROL_EXTRA ${deb}/shlibs ${deb}/triggers)

wd_package(libwiredesk-dev libdevel "text processing for news articles (development)"
"Headers, the static library, and the files by which pkg-config and CMake find
libwiredesk.")
set(CPACK_DEBIAN_LIBWIREDESK-DEV_PACKAGE_DEPENDS
    "libwiredesk0 ${exact}, libjansson-dev, libxml2-dev, libuchardet-dev, libcld2-dev")
set(CPACK_DEBIAN_LIBWIREDESK-DEV_PACKAGE_SHLIBDEPS OFF)

wd_package(wiredesk-data text "names and the model for wiredesk"
"The compiled gazetteer of people, organisations, places and events, and the
trained model by which wiredesk finds names in news articles.")
set(CPACK_DEBIAN_WIREDESK-DATA_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_WIREDESK-DATA_PACKAGE_SHLIBDEPS OFF)

# What Debian wants of each package: its licence, and what changed.
string(TIMESTAMP WD_DEB_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(${deb}/changelog.in ${PROJECT_BINARY_DIR}/deb/changelog.Debian @ONLY)
foreach(name IN LISTS packages)
  install(FILES ${deb}/copyright ${PROJECT_BINARY_DIR}/deb/changelog.Debian
          DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${name} COMPONENT ${name} EXCLUDE_FROM_ALL)
endforeach()
install(FILES ${PROJECT_SOURCE_DIR}/docs/example.c
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libwiredesk-dev/examples
        COMPONENT libwiredesk-dev EXCLUDE_FROM_ALL)

include(CPack)
